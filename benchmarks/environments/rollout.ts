import { environments, sampleMixture, type Environment, type Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

export const setting = { batch: 256, rolloutSteps: 128, alpha: 0.03, seed: 1 }

/** A world with its settings, and its levels by number. */
export type World = {
  readonly environment: Environment
  readonly parameters: unknown
  levelOf(episode: number): unknown
}

export type Collector = {
  /** Collects rollouts; returns the number of environment steps whose whole observation is in the buffer. */
  collect(rollouts: number): number
  /** The buffer of the last rollout. */
  readonly buffer: RolloutBuffer
}

/**
 * The input of PPO: [rolloutSteps × batch × height × width × channels] observations, and the rest of the transitions.
 */
export type RolloutBuffer = ReturnType<typeof createBuffer>

export function createWorld(name: string, given: unknown = {}): World {
  const environment = environments.get(name)
  if (environment === undefined) throw new Error(`there is no environment called ${name}`)
  const parameters = environment.parameters.parse(given)
  const alpha = environment.distributions.length > 1 ? setting.alpha : 0
  const levels = createStream(setting.seed).named('levels')
  return {
    environment,
    parameters,
    levelOf: (episode) => sampleMixture({ environment, parameters, alpha }, levels, episode),
  }
}

/**
 * The environment as in training: lockstep simulator, a fresh level for each episode, one copy per time step. Slots
 * begin with the episodes 0, 1, 2 …, whose numbers are also their seeds.
 */
export function createCollector({ environment, parameters, levelOf }: World): Collector {
  const { batch, rolloutSteps } = setting
  const simulator = environment.createSimulator(parameters, batch)
  const buffer = createBuffer(simulator)
  const fillActions = createActions(environment.actions.length)
  let episodes = 0
  const begin = (index: number) => simulator.reset(index, levelOf(episodes), episodes++)
  for (let i = 0; i < batch; i++) begin(i)

  function collect(rollouts: number): number {
    for (let time = 0; time < rollouts * rolloutSteps; time++) {
      const t = time % rolloutSteps
      buffer.observations.set(simulator.observations, t * simulator.observations.length)
      const actions = buffer.actions[t]
      fillActions(actions)
      simulator.step(actions)
      buffer.rewards.set(simulator.goalRewards[0], t * batch)
      buffer.proxyRewards.set(simulator.goalRewards[1], t * batch)
      buffer.terminated.set(simulator.terminated, t * batch)
      buffer.truncated.set(simulator.truncated, t * batch)
      for (let i = 0; i < batch; i++) if ((simulator.terminated[i] | simulator.truncated[i]) !== 0) begin(i)
    }
    return rollouts * rolloutSteps * batch
  }
  return { collect, buffer }
}

function createBuffer({ batch, observations }: Simulator<unknown>) {
  const { rolloutSteps } = setting
  return {
    observations: new Uint8Array(rolloutSteps * observations.length),
    rewards: new Float32Array(rolloutSteps * batch),
    proxyRewards: new Float32Array(rolloutSteps * batch),
    terminated: new Uint8Array(rolloutSteps * batch),
    truncated: new Uint8Array(rolloutSteps * batch),
    actions: Array.from({ length: rolloutSteps }, () => new Uint8Array(batch)),
  }
}

function createActions(count: number): (actions: Uint8Array) => void {
  const random = createStream(setting.seed).named('actions').at(0)
  if (count !== 4)
    return (actions) => {
      for (let i = 0; i < actions.length; i++) actions[i] = Math.floor(random.uniform() * count)
    }
  // Four actions, two bits each, sixteen per random word.
  return (actions) => {
    for (let i = 0; i < actions.length; i += 16) {
      const word = random.word()
      for (let k = 0; k < 16; k++) actions[i + k] = (word >>> (2 * k)) & 3
    }
  }
}
