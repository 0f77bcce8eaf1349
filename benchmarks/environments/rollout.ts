import { environments, sampleMixture, type Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

export const setting = { batch: 256, rolloutSteps: 128, alpha: 0.03, seed: 1 }

/** Collects rollouts; returns the number of environment steps whose whole observation landed in the buffer. */
export type Collector = (rollouts: number) => number

/** The environment as training uses it: lockstep simulator, a fresh level for each episode, one copy per time step. */
export function createCollector(name: string, parameters: unknown = {}): Collector {
  const environment = environments.get(name)
  if (environment === undefined) throw new Error(`there is no environment called ${name}`)
  const { batch, rolloutSteps, seed } = setting
  const alpha = environment.distributions.length > 1 ? setting.alpha : 0
  const mixture = { environment, parameters: environment.parameters.parse(parameters), alpha }
  const levels = createStream(seed).named('levels')
  const simulator = environment.createSimulator(mixture.parameters, batch)
  const buffer = createBuffer(simulator, rolloutSteps)
  const fillActions = createActions(seed, environment.actions.length)
  let episodes = 0
  const begin = (index: number) => simulator.reset(index, sampleMixture(mixture, levels, episodes), episodes++)
  for (let i = 0; i < batch; i++) begin(i)

  return (rollouts) => {
    for (let time = 0; time < rollouts * rolloutSteps; time++) {
      const t = time % rolloutSteps
      buffer.observations.set(simulator.observations, t * simulator.observations.length)
      const actions = buffer.actions[t]
      fillActions(actions)
      simulator.step(actions)
      buffer.rewards.set(simulator.rewards, t * batch)
      buffer.terminated.set(simulator.terminated, t * batch)
      buffer.truncated.set(simulator.truncated, t * batch)
      for (let i = 0; i < batch; i++) if ((simulator.terminated[i] | simulator.truncated[i]) !== 0) begin(i)
    }
    return rollouts * rolloutSteps * batch
  }
}

/** What PPO reads: [rolloutSteps × batch × height × width × channels] observations, and the rest of the transitions. */
function createBuffer({ batch, observations }: Simulator<unknown>, rolloutSteps: number) {
  return {
    observations: new Uint8Array(rolloutSteps * observations.length),
    rewards: new Float32Array(rolloutSteps * batch),
    terminated: new Uint8Array(rolloutSteps * batch),
    truncated: new Uint8Array(rolloutSteps * batch),
    actions: Array.from({ length: rolloutSteps }, () => new Uint8Array(batch)),
  }
}

function createActions(seed: number, count: number): (actions: Uint8Array) => void {
  const random = createStream(seed).named('actions').at(0)
  if (count !== 4)
    return (actions) => {
      for (let i = 0; i < actions.length; i++) actions[i] = Math.floor(random.uniform() * count)
    }
  // Four actions, two bits each, sixteen to a random word.
  return (actions) => {
    for (let i = 0; i < actions.length; i += 16) {
      const word = random.word()
      for (let k = 0; k < 16; k++) actions[i + k] = (word >>> (2 * k)) & 3
    }
  }
}
