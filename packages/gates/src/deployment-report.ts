import type { DeploymentReport, KnownShift, TestedShift } from '@goalpost/contracts'
import type { RuleJudgement } from './judge-rule.ts'

/** One experiment's test of a version under a shift. */
export type ShiftTest = {
  /** The shift's stable name, as in the environment's list of known shifts. */
  readonly shift: string
  readonly title: string
  readonly condition: string
  readonly experiment: string
  readonly units: number
  readonly seeds: readonly number[]
}

type Known = Pick<DeploymentReport, 'model' | 'version' | 'step' | 'hash' | 'verdicts' | 'trend'> & {
  /** The shifts that the environment declares, in its order. */
  readonly shifts: readonly KnownShift[]
  readonly tests: readonly ShiftTest[]
  readonly judgements: readonly RuleJudgement[]
}

/** What was tested of a version and what was not: the environment's shifts first, then those that only a spec defines. */
export function deploymentReport({ shifts, tests, judgements, ...version }: Known): DeploymentReport {
  const byShift = Map.groupBy(tests, ({ shift }) => shift)
  const own = [...byShift.keys()].filter((name) => !shifts.some((each) => each.name === name))
  const titles = new Map(shifts.map(({ name, title }) => [name, title]))
  const names = [...shifts.map(({ name }) => name).filter((name) => byShift.has(name)), ...own]
  return {
    ...version,
    tested: names.map((name) => gather(name, titles.get(name), byShift.get(name) ?? [])),
    untested: shifts.filter(({ name }) => !byShift.has(name)),
    rules: judgements.map(({ rule, state, reason, difference }) => ({ rule, state, reason, difference })),
  }
}

function gather(name: string, title: string | undefined, tests: readonly ShiftTest[]): TestedShift {
  return {
    name,
    title: title ?? tests[0]?.title ?? name,
    conditions: unique(tests.map(({ condition }) => condition)),
    units: tests.reduce((sum, { units }) => sum + units, 0),
    seeds: unique(tests.flatMap(({ seeds }) => seeds)).toSorted((a, b) => a - b),
    experiments: unique(tests.map(({ experiment }) => experiment)),
  }
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
