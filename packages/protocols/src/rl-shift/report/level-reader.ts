import type { JsonValue } from '@goalpost/contracts'
import type { Environment } from '@goalpost/environments'

/** Reads a level of kept episodes. */
export type LevelReader = (environment: Environment, parameters: unknown, level: JsonValue) => unknown

/** Reads each level once: all seeds, and most conditions, keep episodes on the same levels. */
export function createLevelReader(): LevelReader {
  const known = new Map<string, unknown>()
  return (environment, parameters, json) => {
    const key = JSON.stringify([environment.name, parameters, json])
    if (!known.has(key)) known.set(key, environment.levelFromJson(parameters, json))
    return known.get(key)
  }
}
