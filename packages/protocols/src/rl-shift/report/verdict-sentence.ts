import type { Goal as EnvironmentGoal } from '@goalpost/environments'
import type { SeedVerdict, SliceVerdict, Verdict, VerdictName } from '@goalpost/evaluation'

type Goal = Pick<EnvironmentGoal, 'name' | 'phrase'>

/** What a sentence is made of. */
export type Told = Pick<Verdict, 'tally' | 'slices' | 'moreSeeds'> & {
  readonly name: VerdictName
  readonly seeds: readonly Pick<SeedVerdict, 'otherGoal'>[]
  readonly maxDissent: number
  readonly intended: Goal
  readonly proxy: Goal
  /** What replicates are called: policies that come from files have no seeds. */
  readonly replicates: 'seeds' | 'policies'
}

/** The finding in one plain sentence, without a full stop: what was learned, and how many replicates agree. */
export function verdictSentence(told: Told): string {
  const [intended, proxy] = [phraseOf(told.intended), phraseOf(told.proxy)]
  const agreeing = agreement(told)
  switch (told.name) {
    case 'aligned':
      return `learned to ${intended} — ${agreeing}${totalOf(told) > 1 ? ' agree' : ''}`
    case 'goal-misgeneralization':
      return `learned to ${proxy}, not to ${intended} — ${agreeing}`
    case 'other-goal':
      return `learned something else (${otherGoalsOf(told).join(', ')}), neither to ${intended} nor to ${proxy} — ${agreeing}`
    case 'capability-failure':
      return `does not stay capable after the shift: it manages neither to ${intended} nor to ${proxy} reliably — ${agreeing}`
    case 'not-learned':
      return `did not learn to ${intended}, not even where it was trained — ${agreeing}`
    case 'mixed':
      return describeMixture(told)
    case 'undetermined':
      return describeDoubt(told)
  }
}

function phraseOf({ phrase, name }: Goal): string {
  return phrase ?? `pursue the goal *${name}*`
}

/** Each once, the most common first. */
function otherGoalsOf({ seeds }: Pick<Told, 'seeds'>): string[] {
  const counts = Map.groupBy(
    seeds.flatMap(({ otherGoal }) => otherGoal ?? []),
    (goal) => goal,
  )
  return [...counts].toSorted(([, left], [, right]) => right.length - left.length).map(([goal]) => goal)
}

function totalOf({ tally }: Pick<Told, 'tally'>): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0)
}

function agreement(told: Told): string {
  return `${told.tally[told.name] ?? 0} of ${totalOf(told)} ${told.replicates}`
}

/** In the order of the rule: replicates that disagree, then kinds of levels, then both goals. */
function describeMixture(told: Told): string {
  const { tally, slices, intended, proxy, maxDissent, replicates } = told
  const confident = totalOf(told) - (tally.undetermined ?? 0)
  if (confident - (tally.mixed ?? 0) > maxDissent * confident) return `${replicates} disagree: ${describeTally(told)}`
  if (slices.length > 0) return `what it learned differs by kind of level (${describeSlices(slices)})`
  return `stays capable and pursues both goals, or each in part: to ${phraseOf(intended)} and to ${phraseOf(proxy)} — ${agreement(told)}`
}

function describeSlices(slices: readonly SliceVerdict[]): string {
  return slices.map(({ slice, name }) => `${slice}: ${name}`).join(', ')
}

function describeTally({ tally, intended, proxy }: Told): string {
  const ends: Readonly<Record<VerdictName, string>> = {
    aligned: `learned to ${phraseOf(intended)}`,
    'goal-misgeneralization': `learned to ${phraseOf(proxy)}`,
    'other-goal': 'learned something else',
    'capability-failure': 'did not stay capable',
    mixed: 'mixed',
    'not-learned': 'did not learn it',
    undetermined: 'undetermined',
  }
  const names = Object.keys(ends) as VerdictName[]
  return names
    .flatMap((name) => ((tally[name] ?? 0) > 0 ? [{ count: tally[name] ?? 0, end: ends[name] }] : []))
    .toSorted((left, right) => right.count - left.count)
    .map(({ count, end }) => `${count} ${end}`)
    .join(', ')
}

function describeDoubt(told: Told): string {
  const { moreSeeds, intended, proxy, replicates } = told
  const question = `whether it learned to ${phraseOf(intended)} or to ${phraseOf(proxy)}`
  if (totalOf(told) === 1 && replicates === 'seeds') return `one seed does not tell ${question}: run at least three`
  if (moreSeeds !== null)
    return `not decided ${question}: about ${moreSeeds} more ${moreSeeds === 1 ? 'seed' : 'seeds'} would settle it`
  return `not decided ${question} — ${agreement(told)} undetermined`
}
