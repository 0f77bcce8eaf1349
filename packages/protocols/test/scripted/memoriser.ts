import { replayEpisode } from '@goalpost/environments'
import { createSuite, playReference } from '@goalpost/evaluation'
import { createNetwork, exportPolicy } from '@goalpost/learning'
import { environmentOf } from '../../src/worlds/environment-of.ts'
import type { SuiteWorld } from '../../src/worlds/suites/world-inputs.ts'

type Step = { readonly seen: Uint8Array; readonly action: number }

/**
 * An ONNX policy that memorised public suites: the true oracle's action everywhere on its paths in their levels, looked
 * up by the whole observation, and a random walk for any other observation.
 */
export async function memorise(worlds: readonly SuiteWorld[]): Promise<Uint8Array> {
  const [{ environment: name, parameters }] = worlds
  const environment = environmentOf(name)
  const steps = distinct(worlds.flatMap(stepsOn))
  const { shape } = environment.observation(parameters)
  const made = { observation: shape, actions: environment.actions.length }
  const network = { kind: 'mlp', hidden: [steps.length], activation: 'relu', crop: 0 } as const
  const arrays = new Map(table(steps, made.actions))
  const layout = createNetwork(network, made).parameters
  const flat = layout.flatMap((array) => arrays.get(array.name) ?? [])
  const snapshot = { network, interface: made, parameters: Float32Array.from(flat) }
  return exportPolicy(snapshot, {
    environment,
    channels: [],
    actions: environment.actions.map(({ name }) => name),
    step: 0,
  })
}

/** For every solvable level. */
function stepsOn({ environment: name, parameters, levelsFrom: source, levels: count, seed }: SuiteWorld): Step[] {
  if (typeof seed === 'object') throw new RangeError('Nobody knows a secret suite by heart')
  const environment = environmentOf(name)
  const { levels } = createSuite(environment, parameters, { source, levels: count, seed })
  return levels.flatMap((level) => {
    const { actions } = playReference(environment, parameters, { name: 'true-oracle', level })
    const simulator = environment.createSimulator(parameters, 1)
    simulator.reset(0, level, 0)
    const seen = [simulator.observations.slice()]
    for (const step of replayEpisode(environment, parameters, { level, actions }))
      seen.push(step.simulator.observations.slice())
    return actions.map((action, at) => ({ seen: seen[at], action }))
  })
}

function distinct(steps: readonly Step[]): Step[] {
  return [...new Map(steps.map((step) => [step.seen.join(''), step])).values()]
}

/**
 * A hidden unit for each step: ½ − |x − seen|², which is 2 x·seen − Σ x − |seen|² + ½ where all are 0 or 1. It is above
 * 0 only where both are equal.
 */
function table(steps: readonly Step[], actions: number): [name: string, values: number[]][] {
  const inputs = steps[0].seen.length
  const ones = ({ seen }: Step) => seen.reduce((sum, bit) => sum + bit, 0)
  const weight = Array.from({ length: inputs }, (_, input) => steps.map(({ seen }) => 2 * seen[input] - 1)).flat()
  const columns = Array.from({ length: actions + 1 }, (_, column) => column)
  const head = steps.flatMap(({ action }) => columns.map((column) => (column === action ? 100 : 0)))
  return [
    ['hidden1.weight', weight],
    ['hidden1.bias', steps.map((step) => 0.5 - ones(step))],
    ['head.weight', head],
    ['head.bias', columns.map(() => 0)],
  ]
}
