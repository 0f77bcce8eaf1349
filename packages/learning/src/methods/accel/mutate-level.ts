import type { Rng } from '@goalpost/random'
import type { LevelEditor } from '../curriculum/level-tools.ts'

/** How often an edit decides again whether proxy and goal differ; see `mutateLevel`. */
export const editKinds = ['identity', 'constant', 'binomial', 'unrestricted'] as const
export type EditKind = (typeof editKinds)[number]

/** A kind of edits, and how many each mutation makes. */
export type Edits = { readonly kind: EditKind; readonly count: number }

/**
 * One level after `count` elementary edits, as in the reference code of arXiv 2507.03068: wall toggles, in half of the
 * mutations one move, and by kind
 * - identity: nothing more; the level stays of its kind.
 * - constant: one edit draws the kind again, distinguishing with probability α.
 * - binomial: each edit does so with probability 1 / count, and moves something with the same probability.
 * - unrestricted: one edit draws the things as in distinguishing levels, at every α.
 */
export function mutateLevel<Level>(
  editor: LevelEditor<Level>,
  level: Level,
  { kind, count }: Edits,
  random: Rng,
): Level {
  const redraw = (edited: Level) =>
    editor.resample(edited, random.uniform() < editor.alpha ? 'distinguishes' : 'agrees', random)
  if (kind === 'binomial')
    return repeat(level, count, (edited) => editBinomially(editor, edited, { count, redraw, random }))
  const toggled = repeat(level, count - 2, (edited) => editor.toggleWall(edited, random))
  const moved = random.uniform() < 0.5 ? editor.moveThing(toggled, random) : editor.toggleWall(toggled, random)
  if (kind === 'identity') return editor.toggleWall(moved, random)
  return kind === 'constant' ? redraw(moved) : editor.resample(moved, 'distinguishes', random)
}

type Binomial<Level> = {
  readonly count: number
  readonly redraw: (level: Level) => Level
  readonly random: Rng
}

function editBinomially<Level>(
  editor: LevelEditor<Level>,
  level: Level,
  { count, redraw, random }: Binomial<Level>,
): Level {
  const which = random.integer(count)
  if (which === 0) return redraw(level)
  return which === 1 ? editor.moveThing(level, random) : editor.toggleWall(level, random)
}

function repeat<Level>(level: Level, times: number, edit: (level: Level) => Level): Level {
  let edited = level
  for (let i = 0; i < times; i++) edited = edit(edited)
  return edited
}
