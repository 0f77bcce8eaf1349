import type { Measured } from '../method.ts'
import type { Curriculum } from './curriculum.ts'
import type { JudgedLevel } from './judged-level.ts'
import type { LevelTools } from './level-tools.ts'

/** The composition of buffer and replayed batch, as shares, and the scores in the buffer. */
export function curriculumSeries<Level>(
  { buffer, batch }: Pick<Curriculum<Level>, 'buffer' | 'batch'>,
  tools: LevelTools<Level>,
): Record<string, Measured> {
  const entries = buffer.entries()
  const scores = Float64Array.from(entries, ({ score }) => score).sort()
  const quantile = (share: number) => scores[Math.round(share * (scores.length - 1))]
  return {
    ...sharesIn('buffer', entries, tools),
    ...sharesIn('batch', batch().entries, tools),
    'median score': quantile(0.5),
    '90 % quantile of scores': quantile(0.9),
    'largest score': quantile(1),
  }
}

/** The composition of some levels, as shares. */
export function sharesIn<Level>(
  place: string,
  entries: readonly JudgedLevel<Level>[],
  tools: LevelTools<Level>,
): Record<string, Measured> {
  const { optimum, design } = tools
  const share = (test: (entry: JudgedLevel<Level>) => boolean) => entries.filter(test).length / entries.length
  const noSolver = { missing: 'there is no solver' }
  const noKind = { missing: 'the environment cannot say whether a level distinguishes' }
  return {
    [`solvable levels in ${place}`]: optimum === null ? noSolver : share((entry) => (entry.optimum() ?? 0) > 0),
    [`distinguishing levels in ${place}`]:
      design === null ? noKind : share(({ level }) => design.kindOf(level) === 'distinguishes'),
    [`duplicate levels in ${place}`]: 1 - countDifferent(entries, tools) / entries.length,
    [`mutated levels in ${place}`]: share(({ mutations }) => mutations > 0),
  }
}

/** Only levels that share a fingerprint are compared as text, which takes longer. */
function countDifferent<Level>(entries: readonly JudgedLevel<Level>[], { text }: LevelTools<Level>): number {
  const prints = new Set(entries.map(({ fingerprint }) => fingerprint))
  if (prints.size === entries.length) return prints.size
  let different = 0
  for (const group of Map.groupBy(entries, ({ fingerprint }) => fingerprint).values())
    different += group.length === 1 ? 1 : new Set(group.map(({ level }) => text(level))).size
  return different
}
