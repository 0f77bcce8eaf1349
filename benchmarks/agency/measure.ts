/**
 * Whether trained networks are distinguished from broken ones as agents and devices: `node benchmarks/agency/measure.ts
 * 50 5` (first seed, count). Trains corner and dish at α = 0 and 1 and prints a line for each network, kind of levels
 * and corruption: returns, log odds of agent against device, the likeliest goal. About two minutes per seed on one free
 * core.
 */
import { createEngine, resolveEngine, type Engine } from '@goalpost/engine'
import { environments, observeThrough, type Environment, type ObservationTransform } from '@goalpost/environments'
import { createSuite, inferAgency } from '@goalpost/evaluation'
import { createPolicy, parsePolicySnapshot, type Policy, type PolicySnapshot } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { createMemoryArtifacts } from '@goalpost/testing'
import { executeTask, planOf, type World } from '../../packages/protocols/test/execute-run.ts'

const parameters = { size: 5, maxSteps: 32, discount: 0.99 }
const count = 64

type Way = {
  readonly name: string
  readonly snapshot: 'trained' | 'untrained'
  readonly acting: 'sampled' | 'greedy'
  readonly seen?: ObservationTransform
  /** For each chosen action, the one taken instead. */
  readonly taken?: readonly number[]
}

const ways: readonly Way[] = [
  { name: 'sampled', snapshot: 'trained', acting: 'sampled' },
  { name: 'greedy', snapshot: 'trained', acting: 'greedy' },
  { name: 'untrained', snapshot: 'untrained', acting: 'sampled' },
  { name: 'upside down', snapshot: 'trained', acting: 'sampled', seen: 'flip-vertical' },
  { name: 'turned by a quarter', snapshot: 'trained', acting: 'sampled', taken: [1, 2, 3, 0] },
  { name: 'turned by a half', snapshot: 'trained', acting: 'sampled', taken: [2, 3, 0, 1] },
  { name: 'exchanged', snapshot: 'trained', acting: 'sampled', taken: [1, 0, 3, 2] },
]

type Case = { readonly environment: Environment; readonly alpha: number; readonly seed: number }

async function train({ environment, alpha, seed }: Case): Promise<Record<Way['snapshot'], PolicySnapshot>> {
  const world: World = { artifacts: createMemoryArtifacts(), checkpoints: new Map(), results: new Map() }
  const [task] = planOf(
    {
      environment: environment.name,
      alpha,
      parameters,
      steps: 500_000,
      network: { kind: 'mlp', hidden: [128, 64], crop: 1 },
      evaluation: { checkpoints: 1 },
    },
    seed,
  )
  const { artifacts } = await executeTask(task, world)
  const read = (parts: typeof artifacts) => {
    const part = parts.find(({ name }) => name === 'policy')
    return parsePolicySnapshot(world.artifacts.blobs.get(part?.hash ?? '') ?? new Uint8Array())
  }
  return { trained: read(artifacts), untrained: read(world.checkpoints.get(0)?.parts ?? []) }
}

type Episode = { readonly level: unknown; readonly actions: number[]; goal: number; proxy: number }

/** One episode of each level, concurrently. */
async function play({ environment, seed }: Case, policy: Policy, way: Way, levels: readonly unknown[]) {
  const world = environment.parameters.parse(parameters)
  const inner = environment.createSimulator(world, count)
  const simulator = observeThrough(inner, environment.observation(world), way.seen)
  const uniform = createStream(seed).named('agency').named(way.name)
  const episodes = levels.map((level): Episode => ({ level, actions: [], goal: 0, proxy: 0 }))
  const running = new Set(levels.keys())
  const actions = new Uint8Array(count)
  for (const [slot, level] of levels.entries()) simulator.reset(slot, level)
  for (let step = 0; running.size > 0; step++) {
    await policy[way.acting].act(simulator.observations, actions, (slot) => uniform.uniform(slot, step))
    if (way.taken !== undefined) for (const [slot, action] of actions.entries()) actions[slot] = way.taken[action]
    simulator.step(actions)
    for (const [slot, episode] of episodes.entries()) {
      const ended = simulator.terminated[slot] + simulator.truncated[slot] > 0
      if (running.has(slot)) {
        episode.actions.push(actions[slot])
        episode.goal += simulator.goalRewards[0][slot] * parameters.discount ** step
        episode.proxy += simulator.goalRewards[1][slot] * parameters.discount ** step
      }
      if (!ended) continue
      running.delete(slot)
      simulator.reset(slot, levels[slot])
    }
  }
  return episodes
}

function describe({ environment }: Case, episodes: readonly Episode[]): string {
  const world = environment.parameters.parse(parameters)
  const { agency } = environment
  if (agency === undefined) throw new RangeError(`${environment.name} has no candidate goals`)
  const { agent, logOdds, goals } = inferAgency({
    actions: environment.actions.length,
    goals: agency.candidates(world).map(({ name }) => name),
    views: agency.views.map(({ name }) => name),
    trajectories: episodes.map(({ level, actions }) => agency.decisions(world, level, { actions })),
  })
  const [best] = goals.toSorted((a, b) => b.probability - a.probability)
  const mean = (column: 'goal' | 'proxy') => episodes.reduce((sum, episode) => sum + episode[column], 0) / count
  const returns = `${mean('goal').toFixed(3)}, proxy ${mean('proxy').toFixed(3)}`
  return `return ${returns} | P ${agent.toFixed(5)}, ${logOdds.toFixed(1)} nats | ${best.name} ${best.probability.toFixed(2)}`
}

async function measure(engine: Engine, given: Case): Promise<void> {
  const { environment, alpha, seed } = given
  const snapshots = await train(given)
  const world = environment.parameters.parse(parameters)
  for (const [kind, source] of [
    ['training', alpha],
    ['shifted', 1],
    ...(alpha === 0 ? [] : [['agreeing', 0] as const]),
  ] as const) {
    const { levels } = createSuite(environment, world, {
      source: { alpha: source },
      levels: count,
      seed: 7,
      solvableOnly: true,
    })
    for (const way of ways) {
      const policy = await createPolicy(engine, snapshots[way.snapshot], count)
      const episodes = await play(given, policy, way, levels)
      policy.dispose()
      console.log(`${environment.name} α ${alpha} seed ${seed} | ${kind} | ${way.name} | ${describe(given, episodes)}`)
    }
  }
}

const [first = 50, seeds = 1] = process.argv.slice(2).map(Number)
const engine = await createEngine(resolveEngine('auto'), { threads: 1 })
for (const name of ['corner', 'dish'])
  for (const alpha of [0, 1])
    for (let seed = first; seed < first + seeds; seed++) {
      const environment = environments.get(name)
      if (environment !== undefined) await measure(engine, { environment, alpha, seed })
    }
engine.dispose()
