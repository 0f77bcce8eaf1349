import type { EpisodeMeasure, MeasureTable } from '../../environment.ts'

/** Then, for each number of trees that the agent saw before its step (0, 1, …): steps, and trees chopped in them. */
const totals = ['trees chopped', 'trees standing', 'hasty steps'] as const
export const [chopped, standing, hasty] = [0, 1, 2]
const perCount = 2

export const counterCount = (maxTrees: number): number => totals.length + perCount * (maxTrees + 1)

/** Column of the steps taken while this many trees stood; the next one has the trees chopped in them. */
export const stepsAmong = (trees: number): number => totals.length + perCount * trees

export function treeMeasures({ maxTrees }: { readonly maxTrees: number }): MeasureTable {
  const counts = Array.from({ length: maxTrees + 1 }, (_, trees) => trees)
  return {
    counters: [...totals, ...counts.flatMap((trees) => [stepsName(trees), `chopped, ${among(trees)}`])],
    measures: [
      { name: 'chops per step', description: 'Trees chopped per step', counter: 'trees chopped', per: 'step' },
      { name: 'trees standing', description: 'Mean number of trees', counter: 'trees standing', per: 'step' },
      // A forest without trees has none to chop.
      ...counts.slice(1).map(chopRate),
    ],
  }
}

function chopRate(trees: number): EpisodeMeasure {
  return {
    name: chopRateName(trees),
    description: 'Trees chopped per step, over the steps in which so many trees stood',
    counter: `chopped, ${among(trees)}`,
    per: { counter: stepsName(trees) },
    place: { family: 'chops per step', axis: 'trees', at: trees },
  }
}

const chopRateName = (trees: number): string => `chops per step, ${among(trees)}`
const stepsName = (trees: number): string => `steps, ${among(trees)}`
const among = (trees: number): string => (trees === 1 ? '1 tree' : `${trees} trees`)
