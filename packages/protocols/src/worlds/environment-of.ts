import { environments, type Environment } from '@goalpost/environments'

/** @throws RangeError if there is none of that name */
export function environmentOf(name: string): Environment {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`Unknown environment ${name}`)
  return environment
}
