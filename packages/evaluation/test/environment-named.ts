import { environments, type Environment } from '@goalpost/environments'

export function environmentNamed(name: string): Environment {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`there is no environment ${name}`)
  return environment
}
