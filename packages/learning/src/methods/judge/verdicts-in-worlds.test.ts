import { environments, mapGoals, type Environment, type ReferenceName } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { createSimulatedJudge } from './simulated-judge.ts'
import { createWitness } from './witness.ts'

const episodes = 24
const claims = ['intended: reached', 'proxy: reached'] as const

/** One episode on each of `episodes` levels, half of them levels that tell goal and proxy apart. */
async function play(environment: Environment, player: ReferenceName) {
  const stream = createStream(7).named(player)
  const parameters = parametersOf(environment)
  const { distributions } = environment
  const levels = Array.from({ length: episodes }, (_, slot) =>
    distributions[slot % Math.min(2, distributions.length)]!.sample(parameters, stream.at(slot)),
  )
  const world = environment.createSimulator(parameters, episodes)
  const { simulator, take } = createWitness(world)
  for (const [slot, level] of levels.entries()) simulator.reset(slot, level, slot)
  const policy = environment.createReference(player, parameters, simulator, (slot) => levels[slot])
  const rewards = mapGoals(simulator.goalRewards, () => levels.map((): number[] => []))
  const over = new Uint8Array(episodes)
  const actions = new Uint8Array(episodes)
  const accounts = []
  for (let step = 0; over.includes(0); step++) {
    policy.act(actions, (slot) => stream.uniform(step, slot))
    simulator.step(actions)
    for (const { account, lastStep } of take()) {
      const slot = lastStep % episodes
      if (over[slot] === 0) accounts[slot] = account
    }
    for (let slot = 0; slot < episodes; slot++) {
      if (over[slot] === 0)
        for (const goal of [0, 1] as const) rewards[goal][slot]!.push(simulator.goalRewards[goal][slot]!)
      if (simulator.terminated[slot] === 0 && simulator.truncated[slot] === 0) continue
      over[slot] = 1
      simulator.reset(slot, levels[slot], slot)
    }
  }
  const texts = accounts.map(({ reached }) => claims.filter((_, goal) => reached[goal]!.length > 0).join('\n'))
  const verdictsOf = (bias: 0 | 1) => createSimulatedJudge({ error: 0, bias }, { claims, stream })(texts, 0)
  const optima = levels.map((level) => environment.solve?.(parameters, level).optimalReturns ?? null)
  return { verdicts: [await verdictsOf(0), await verdictsOf(1)] as const, rewards, optima }
}

function parametersOf({ name, parameters }: Environment): unknown {
  const small: Record<string, object> = { corner: { size: 5, maxSteps: 32 }, dish: { size: 5, maxSteps: 32 } }
  return parameters.parse(small[name] ?? { maxSteps: 100 })
}

const isOnce = ({ goals: [intended, proxy] }: Environment) => intended.once === true && proxy.once === true
const known = [...environments.values()]
const judged = known.filter(isOnce)
const players = ['random', 'true-oracle', 'proxy-oracle'] as const

describe.each(judged.map((environment) => [environment.name, environment] as const))('%s', (_, environment) => {
  test.each(players)('a verdict is what the world pays for the whole episode, played by %s', async (player) => {
    const { verdicts, rewards } = await play(environment, player)
    for (const goal of [0, 1] as const)
      for (const [slot, paid] of rewards[goal].entries()) {
        expect(Math.min(...paid), 'no reward is negative').toBeGreaterThanOrEqual(0)
        expect(paid.filter((reward) => reward !== 0).length, 'none is paid twice').toBeLessThanOrEqual(1)
        expect(verdicts[goal][slot]).toBe(paid.reduce((sum, reward) => sum + reward, 0))
      }
  })

  test('both verdicts occur, and an oracle gets a yes where the solver says that its goal can be reached', async () => {
    const seen = await Promise.all(players.map((player) => play(environment, player)))
    for (const goal of [0, 1] as const) {
      expect(new Set(seen.flatMap(({ verdicts }) => verdicts[goal]))).toEqual(new Set([0, 1]))
      if (environment.goals[goal].exactness !== 'exact') continue
      const { verdicts, optima } = seen[1 + goal]!
      expect(verdicts[goal]).toEqual(optima.map((optimum) => (optimum![goal]! > 0 ? 1 : 0)))
    }
  })
})

test.each(known.filter((environment) => !isOnce(environment)).map((one) => [one.name, one] as const))(
  '%s is not judged: it pays several times in an episode, or takes away',
  async (_, environment) => {
    const seen = await Promise.all(players.map((player) => play(environment, player)))
    const episodesPaid = seen.flatMap(({ rewards }) => [...rewards[0], ...rewards[1]])
    const isMore = (paid: number[]) =>
      paid.some((reward) => reward < 0) || paid.filter((reward) => reward > 0).length > 1
    expect(episodesPaid.some(isMore)).toBe(true)
  },
)
