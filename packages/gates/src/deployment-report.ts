import type { DeploymentReport, KnownShift, TestedShift, UnitSet } from '@goalpost/contracts'

/** One set of units on which an experiment tested a version, under a shift. */
export type ShiftTest = {
  /** The shift's stable name, as in the list of known shifts. */
  readonly shift: string
  readonly title: string
  readonly condition: string
  readonly experiment: string
  readonly set: UnitSet
  /** Sets of equal keys have equal units. */
  readonly key: string
  /** Of the experiment. */
  readonly seeds: readonly number[]
}

type Known = Omit<DeploymentReport, 'tested' | 'untested'> & {
  /** The shifts that the tested worlds declare, in their order. One may be named several times. */
  readonly shifts: readonly KnownShift[]
  readonly tests: readonly ShiftTest[]
}

/** What was tested of a version and what was not: the known shifts first, then those that only a spec defines. */
export function deploymentReport({ shifts: named, tests, ...version }: Known): DeploymentReport {
  const byShift = Map.groupBy(tests, ({ shift }) => shift)
  const shifts = [...new Map(named.map((shift) => [shift.name, shift])).values()]
  const titles = new Map(shifts.map(({ name, title }) => [name, title]))
  const own = [...byShift.keys()].filter((name) => !titles.has(name))
  const names = [...shifts.map(({ name }) => name).filter((name) => byShift.has(name)), ...own]
  return {
    ...version,
    tested: names.map((name) => gather(name, titles.get(name), byShift.get(name) ?? [])),
    untested: shifts.filter(({ name }) => !byShift.has(name)),
  }
}

function gather(name: string, title: string | undefined, tests: readonly ShiftTest[]): TestedShift {
  const sets = [...new Map(tests.map(({ key, set }) => [key, set])).values()]
  return {
    name,
    title: title ?? tests[0]?.title ?? name,
    conditions: unique(tests.map(({ condition }) => condition)),
    sets,
    units: sets.reduce((sum, { units }) => sum + units, 0),
    seeds: unique(tests.flatMap(({ seeds }) => seeds)).toSorted((a, b) => a - b),
    experiments: unique(tests.map(({ experiment }) => experiment)),
  }
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
