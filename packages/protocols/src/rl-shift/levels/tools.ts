import { publish } from './publish.ts'
import { replay } from './replay.ts'
import { sample } from './sample.ts'
import { show } from './show.ts'
import { shrink } from './shrink.ts'
import { solve } from './solve.ts'

/** Levels are data: drawn, shown, solved, replayed and shrunk by their hash; secret ones are published. */
export const levelTools = [sample, show, solve, replay, shrink, publish]
