import type { JsonObject, ResolvedSearch, VerdictView } from '@goalpost/contracts'
import type { LeagueEntry } from '../src/league/league-table.ts'
import type { Protocol } from '../src/ports/protocol.ts'
import { emptyProtocol } from './empty-protocol.ts'

type Own = { readonly world: string; readonly method: string; readonly rate: number }

/** Searches over `rate` for the value from which on a height is above one half. */
export const protocol: Protocol = {
  ...emptyProtocol,
  name: 'ramp',
  search: {
    measures: [{ name: 'height', title: 'height', line: 0.5 }],
    read: ({ runs }) => runs.map(({ seed, tasks: [task] }) => ({ seed, value: task!.result!.measures[0]!.value })),
  },
  league: {
    score: 'height',
    numbers: [{ key: 'height', title: 'height' }],
    costs: ({ options }) => [{ title: 'steps', value: options['method'] === 'fancy' ? 30_000 : 10_000 }],
    place: (options) => {
      const { world, method, rate } = options as Own
      return { task: world, method, over: 'rate', value: rate }
    },
  },
}

const values = [0.01, 0.1, 1]

type Shape = { readonly arms?: readonly string[]; readonly runs?: number }

/** Seeds a hundredth apart, above what `meanOf` says: five, the fewest that show a difference of two methods. */
export function entryOf(
  world: string,
  meanOf: (method: string, value: number) => number,
  { arms = ['plain', 'fancy'], runs = 5 }: Shape = {},
): LeagueEntry {
  const probes = arms.flatMap((arm) =>
    // A later round of one method has a value of its own.
    (arm === 'fancy' ? [...values, 0.03] : values).map((value) => ({
      arm,
      value,
      round: value === 0.03 ? 2 : 1,
      condition: `${arm},rate=${value}`,
    })),
  )
  const search: ResolvedSearch = {
    over: 'rate',
    for: 'threshold',
    between: [0.01, 1],
    scale: 'log',
    integer: false,
    measure: { name: 'height', title: 'height' },
    line: 0.5,
    direction: 'rising',
    width: 20,
    budget: 12,
    perRound: 1,
    arms: [...arms],
    probes,
    ended: true,
  }
  const conditions = probes.map(({ condition: name, arm, value }) => ({
    name,
    options: { world, method: arm, rate: value } as JsonObject,
    marks: [],
    runs: Array.from({ length: runs }, (_, seed) => {
      const measures = [{ name: 'height', labels: {}, value: meanOf(arm, value) + seed / 100 }]
      const tasks = [{ key: 'run', kind: 'run', inputs: {}, result: { measures, artifacts: [] } }]
      return { seed, state: 'succeeded' as const, tasks }
    }),
  }))
  const verdicts = conditions.map(({ name, options }): VerdictView => {
    const { method, rate } = options as Own
    const value = meanOf(method, rate)
    const isGood = value > 0.5
    return {
      condition: name,
      title: name,
      name: isGood ? 'high' : 'low',
      tone: isGood ? 'good' : 'bad',
      sentence: '',
      goal: null,
      provisional: true,
      agreeing: 5,
      total: 5,
      numbers: [{ key: 'height', label: 'height', estimate: { value } }],
    }
  })
  return { id: world, evidence: { experiment: world, conditions, artifacts: new Map(), search }, verdicts }
}

export const hill = entryOf(
  'hill',
  (method, value) => (method === 'fancy' ? [0.1, 0.7, 0.9] : [0.1, 0.2, 0.8])[values.indexOf(value)] ?? 0.3,
)
export const vale = entryOf(
  'vale',
  (method, value) => (method === 'fancy' ? [0.2, 0.6, 0.9] : [0.2, 0.3, 0.9])[values.indexOf(value)] ?? 0.3,
)
