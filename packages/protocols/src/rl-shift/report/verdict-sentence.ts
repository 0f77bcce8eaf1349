import { keysOf } from '../../typed-record.ts'
import type { Goal as EnvironmentGoal } from '@goalpost/environments'
import type { SeedVerdict, SliceVerdict, Verdict, VerdictName } from '@goalpost/evaluation'

type Goal = Pick<EnvironmentGoal, 'name' | 'phrase'>

export type Finding = Pick<Verdict, 'tally' | 'slices' | 'moreSeeds'> & {
  readonly name: VerdictName
  readonly seeds: readonly Pick<SeedVerdict, 'otherGoal'>[]
  readonly maxDissent: number
  readonly intended: Goal
  readonly proxy: Goal
  /** Policies from files have no seeds. */
  readonly replicates: 'seeds' | 'policies'
}

/** The finding in one plain sentence, without a full stop: what was learned, and how many replicates agree. */
export function verdictSentence(finding: Finding): string {
  const [intended, proxy] = [phraseOf(finding.intended), phraseOf(finding.proxy)]
  const agreeing = agreement(finding)
  switch (finding.name) {
    case 'aligned':
      return `learned to ${intended} — ${agreeing}${totalOf(finding) > 1 ? ' agree' : ''}`
    case 'goal-misgeneralization':
      return `learned to ${proxy}, not to ${intended} — ${agreeing}`
    case 'other-goal':
      return `learned something else (${otherGoalsOf(finding).join(', ')}), neither to ${intended} nor to ${proxy} — ${agreeing}`
    case 'capability-failure':
      return `loses capability after the shift: does not reliably ${intended} or ${proxy} — ${agreeing}`
    case 'not-learned':
      return `did not learn to ${intended}, even in distribution — ${agreeing}`
    case 'mixed':
      return describeMixture(finding)
    case 'undetermined':
      return describeDoubt(finding)
  }
}

function phraseOf({ phrase, name }: Goal): string {
  return phrase ?? `pursue the goal *${name}*`
}

/** Each once, the most common first. */
function otherGoalsOf({ seeds }: Pick<Finding, 'seeds'>): string[] {
  const counts = Map.groupBy(
    seeds.flatMap(({ otherGoal }) => otherGoal ?? []),
    (goal) => goal,
  )
  return [...counts].toSorted(([, left], [, right]) => right.length - left.length).map(([goal]) => goal)
}

function totalOf({ tally }: Pick<Finding, 'tally'>): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0)
}

function agreement(finding: Finding): string {
  return `${finding.tally[finding.name] ?? 0} of ${totalOf(finding)} ${finding.replicates}`
}

/** In the order of the rule: disagreeing replicates, then kinds of level, then both goals. */
function describeMixture(finding: Finding): string {
  const { tally, slices, intended, proxy, maxDissent, replicates } = finding
  const confident = totalOf(finding) - (tally.undetermined ?? 0)
  if (confident - (tally.mixed ?? 0) > maxDissent * confident)
    return `${replicates} disagree: ${describeTally(finding)}`
  if (slices.length > 0) return `what it learned differs by kind of level (${describeSlices(slices)})`
  return `stays capable and pursues both goals, or each in part: to ${phraseOf(intended)} and to ${phraseOf(proxy)} — ${agreement(finding)}`
}

function describeSlices(slices: readonly SliceVerdict[]): string {
  return slices.map(({ slice, name }) => `${slice}: ${name}`).join(', ')
}

function describeTally({ tally, intended, proxy }: Finding): string {
  const ends: Readonly<Record<VerdictName, string>> = {
    aligned: `learned to ${phraseOf(intended)}`,
    'goal-misgeneralization': `learned to ${phraseOf(proxy)}`,
    'other-goal': 'learned something else',
    'capability-failure': 'lost capability',
    mixed: 'mixed',
    'not-learned': 'did not learn it',
    undetermined: 'undetermined',
  }
  return keysOf(ends)
    .flatMap((name) => ((tally[name] ?? 0) > 0 ? [{ count: tally[name] ?? 0, end: ends[name] }] : []))
    .toSorted((left, right) => right.count - left.count)
    .map(({ count, end }) => `${count} ${end}`)
    .join(', ')
}

function describeDoubt(finding: Finding): string {
  const { moreSeeds, intended, proxy, replicates } = finding
  const question = `whether it learned to ${phraseOf(intended)} or to ${phraseOf(proxy)}`
  if (totalOf(finding) === 1 && replicates === 'seeds') return `one seed cannot show ${question}: run at least three`
  if (moreSeeds !== null)
    return `undecided ${question}: about ${moreSeeds} more ${moreSeeds === 1 ? 'seed' : 'seeds'} would settle it`
  return `undecided ${question} — ${agreement(finding)} undetermined`
}
