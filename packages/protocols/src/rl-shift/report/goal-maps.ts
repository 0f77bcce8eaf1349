import type { HeatmapPart, Quantity } from '@goalpost/contracts'
import type { OutcomeTable, SuiteEvidence } from '@goalpost/evaluation'
import { isKnown, mean } from '@goalpost/statistics'
import { placesOf, type Places } from './goal-places.ts'
import type { AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { SuiteWorld } from '../../worlds/suites/world-inputs.ts'

type Measured = 'true return' | 'proxy return'

/** One condition on one shifted suite: returns of its policies by goal location. */
type Played = {
  readonly condition: string
  readonly world: SuiteWorld
  readonly acting: string
  readonly facts: SuiteEvidence['facts']
  readonly tables: readonly OutcomeTable[]
  readonly places: Places
}

/** For each condition and shifted suite whose goal has a location: a map of true returns and one of proxy returns. */
export function goalMaps(conditions: readonly AssessedCondition[]): HeatmapPart[] {
  const played = conditions.flatMap((condition) => gatherPlayed(condition))
  return played.flatMap((one) => [goalMap(one, 'true return'), goalMap(one, 'proxy return')])
}

function gatherPlayed(condition: AssessedCondition): Played[] {
  const { evidence, options, suites } = condition
  const acting = options.evaluation.acting[0]
  return suites.flatMap(({ name, role, facts, outcomes }) => {
    const suite = options.suites.find((candidate) => candidate.name === name)
    if (role !== 'shifted' || suite === undefined) return []
    const world = suiteWorld(options, suite)
    const places = placesOf(options, suite, facts.hash)
    const tables = (outcomes[acting] ?? []).filter((table) => table !== null)
    return places === null ? [] : [{ condition: evidence.name, world, acting, facts, tables, places }]
  })
}

function goalMap({ condition, world, acting, facts, tables, places }: Played, measured: Measured): HeatmapPart {
  const values = valuesByPlace({ facts, tables, places }, measured)
  const [rows, columns] = [0, 1].map((axis) => rangeOf(places.map((place) => place[axis])))
  const known = values.flat().filter(isKnown)
  return {
    type: 'heatmap',
    title: `${condition}: ${describe(world, measured)} on ${world.name}, by goal location`,
    values: rows.map((row) => columns.map((column) => values[row]?.[column] ?? nowhere)),
    unit: measured,
    rows: { title: 'row of the goal', labels: rows.map(String) },
    columns: { title: 'column of the goal', labels: columns.map(String) },
    // From 0 to the optimum, so that maps of one suite can be compared by eye.
    scale: { low: Math.min(0, ...known), high: Math.max(bestOf(facts, measured), ...known) },
    caption: `Mean over ${tables.length} ${tables.length === 1 ? 'seed' : 'seeds'} and the solvable levels, ${acting}.`,
  }
}

/** Names the proxy: an environment may have several. */
function describe({ environment }: SuiteWorld, measured: Measured): string {
  return measured === 'true return' ? measured : `${measured} (${environmentOf(environment).goals[1].name})`
}

const nowhere: Quantity = { missing: 'no solvable level has its goal here' }

function valuesByPlace({ facts, tables, places }: Pick<Played, 'facts' | 'tables' | 'places'>, measured: Measured) {
  const found: number[][][] = []
  for (const [level, [row, column]] of places.entries()) {
    if (facts.solvable[level] !== 1) continue
    const cells = (found[row] ??= [])
    const returns = (cells[column] ??= [])
    for (const table of tables) returns.push(...returnsOn(table, level, measured))
  }
  return found.map((cells) => cells.map((returns): Quantity => (returns.length === 0 ? nowhere : mean(returns))))
}

function returnsOn({ episodes, goals: [goal, proxy] }: OutcomeTable, level: number, measured: Measured): number[] {
  const { returns } = measured === 'true return' ? goal : proxy
  return [...returns.subarray(level * episodes, (level + 1) * episodes)]
}

/** All integers from the smallest to the largest, so that the map has no gaps. */
function rangeOf(numbers: readonly number[]): number[] {
  const least = numbers.reduce((a, b) => Math.min(a, b))
  const greatest = numbers.reduce((a, b) => Math.max(a, b))
  return Array.from({ length: greatest - least + 1 }, (_, index) => least + index)
}

function bestOf({ optimalReturns: [intended, proxy] }: SuiteEvidence['facts'], measured: Measured): number {
  const best = measured === 'true return' ? intended : proxy
  return best.reduce((a, b) => Math.max(a, b), 0)
}
