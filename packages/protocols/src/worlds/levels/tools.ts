import type { ProtocolTool } from '@goalpost/experiments'
import type { ReadPlayed } from './played-condition.ts'
import { play } from './play.ts'
import { createPublish } from './publish.ts'
import { createReplay } from './replay.ts'
import { sample } from './sample.ts'
import { show } from './show.ts'
import { shrink } from './shrink.ts'
import { solve } from './solve.ts'

/** Levels are data: drawn, shown, solved, replayed, played and shrunk by their hash; secret ones are published. */
export function createLevelTools(read: ReadPlayed): readonly ProtocolTool[] {
  return [sample, show, solve, createReplay(read), play, shrink, createPublish(read)]
}
