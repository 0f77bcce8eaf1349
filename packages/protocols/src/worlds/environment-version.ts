import { environmentOf } from './environment-of.ts'

/** As in the identity of tasks. */
export function environmentVersion(name: string): Record<string, string> {
  return { environment: `${name}@${environmentOf(name).version}` }
}
