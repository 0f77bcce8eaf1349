import { createHash } from 'node:crypto'
import type { Environment } from '@goalpost/environments'
import { canonicalize } from 'json-canonicalize'

type WritesLevels<Level> = Pick<Environment<never, Level>, 'name' | 'levelToJson'>

/**
 * A level as a file: canonical JSON of `{"environment", "level"}`, without how it was drawn, played or solved, and
 * without the environment's version: a layout stays the same when rules change.
 */
export function levelText<Level>(environment: WritesLevels<Level>, level: Level): string {
  return canonicalize({ environment: environment.name, level: environment.levelToJson(level) })
}

/** SHA-256 of the level's file, in lower-case hex: the identifier of a level from any source. */
export function hashLevel<Level>(environment: WritesLevels<Level>, level: Level): string {
  return createHash('sha256').update(levelText(environment, level)).digest('hex')
}
