import { applyShift, environments, stay, type Decision, type ReferenceName } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { recordTrajectories } from '../../test/record-trajectories.ts'
import { createReferencePolicy, type BatchPolicy } from '../episodes/batch-policy.ts'
import { logBlindPerEpisode, logDevices } from './device-evidence.ts'
import { inferAgency, type AgencyEvidence, type AgencyPosterior } from './infer-agency.ts'
import { agentLapses, agentNoise } from './manners.ts'
import { createHabits, logHabit, logSumExp } from './log-space.ts'
import { logLikelihood, weighGoals } from './goal-evidence.ts'

const decision = (action: number, optimal: readonly number[], views: readonly string[] = ['here']): Decision => ({
  action,
  optimal,
  views,
})

describe('by hand', () => {
  test('a habit of two choices, taken 2 times and once, has probability 1/16', () => {
    // Krichevsky and Trofimov predict (½/1) · (1½/2) · (½/3) = 1/16, in any order.
    expect(Math.exp(logHabit([2, 1], 2))).toBeCloseTo(1 / 16, 14)
    expect(logHabit([5], 1)).toBeCloseTo(0, 14)
  })

  test('a habit does not depend on the order of counting', () => {
    const habits = createHabits(3)
    const steps = [habits.follow('a', 0), habits.follow('b', 2), habits.follow('a', 1), habits.follow('a', 0)]
    const all = steps.reduce((sum, log) => sum + log, 0)
    expect(all).toBeCloseTo(habits.logProbability(), 12)
    expect(all).toBeCloseTo(logHabit([2, 1], 3) + logHabit([1], 3), 12)
  })

  const [noise, lapse] = [0.1, 0.2]
  const weighGoal = (trajectory: readonly Decision[], goal: number, actions: number) =>
    weighGoals(trajectory, goal + 1, actions)[goal]!
  const unlostOf = (trajectory: readonly Decision[], actions: number) =>
    Math.exp(logLikelihood(weighGoal(trajectory, 0, actions), { noise, lapse }).unlost)

  test('an agent with one best of two actions, two right, one wrong, way never lost: (1 − ε)² · ε', () => {
    const trajectory = [decision(0, [0b01]), decision(1, [0b10]), decision(0, [0b10])]
    expect(unlostOf(trajectory, 2)).toBeCloseTo(0.9 ** 2 * 0.1 * 0.8 ** 3, 14)
  })

  test('equally good actions are equally likely, and so are the others', () => {
    // Two of four actions are best: ½ each; then one of the two others.
    const tied = [decision(0, [0b0011]), decision(0, [0b0011]), decision(3, [0b0011])]
    expect(unlostOf(tied, 4)).toBeCloseTo(0.45 ** 2 * 0.05 * 0.8 ** 3, 14)
  })

  test('the way is lost at any step or never; habits explain the steps after', () => {
    // Right, then wrong. Lost before the first: habits ½ · ¼ (nothing) and ½ · ½ (last action, a new one); before the
    // second: ½; never: 1.
    const trajectory = [decision(0, [0b01]), decision(1, [0b01])]
    const { all, unlost } = logLikelihood(weighGoal(trajectory, 0, 2), { noise, lapse })
    expect(Math.exp(unlost)).toBeCloseTo(0.8 * 0.9 * 0.8 * 0.1, 14)
    const lostAtOnce = 0.2 * ((1 / 2) * ((1 / 2) * (1 / 4) + (1 / 2) * (1 / 2)))
    expect(Math.exp(all)).toBeCloseTo(Math.exp(unlost) + 0.8 * 0.9 * 0.2 * (1 / 2) + lostAtOnce, 14)
  })

  test('if a goal prefers nothing, neither noise nor lapses matter', () => {
    const evidence = weighGoal([decision(2, [0b1111]), decision(2, [0b1111])], 0, 4)
    const { all, unlost } = logLikelihood(evidence, { noise: 0.01, lapse: 0.002 })
    expect(all).toBe(unlost)
    expect(all).toBe(logLikelihood(evidence, { noise, lapse }).all)
    // Habit over actions: ½/2 for the first of four, 1½/3 for it again; given the last action: ½/2 twice.
    expect(Math.exp(all)).toBeCloseTo(((1 / 4) * (1 / 2) + (1 / 4) * (1 / 4)) / 2, 14)
  })

  test('the probabilities of all trajectories of one length sum to 1', () => {
    const plans = [0b001, 0b111, 0b010, 0b110]
    const sequences = Array.from({ length: 81 }, (_, n) => plans.map((_plan, t) => Math.floor(n / 3 ** t) % 3))
    const total = sequences.reduce((sum, actions) => {
      const trajectory = actions.map((action, t) => decision(action, [plans[t]]))
      return sum + Math.exp(logLikelihood(weighGoal(trajectory, 0, 3), { noise, lapse }).all)
    }, 0)
    expect(total).toBeCloseTo(1, 12)
  })

  test('a device that sees two inputs has a habit for each', () => {
    const trajectory = [decision(0, [1], ['a']), decision(1, [1], ['b']), decision(0, [1], ['a'])]
    const logProbability = logDevices([trajectory], (steps, step) => steps[step].views[0], 2)
    expect(Math.exp(logProbability)).toBeCloseTo((1 / 2) * (3 / 4) * (1 / 2), 14)
  })

  test('the posterior follows Bayes’ rule, with equal weights', () => {
    // Three times the action that goal A prefers and goal B does not; devices: 1/2 · 3/4 · 5/6 without input or with
    // one view; with the last action as input, 1/2 at first, then 1/2 · 3/4 after a 0; restarting in each episode: the
    // mean.
    const trajectory = [0, 0, 0].map((action) => decision(action, [0b01, 0b10]))
    const posterior = inferAgency({ actions: 2, goals: ['A', 'B'], views: ['view'], trajectories: [trajectory] })
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const likelihood = (goal: number) =>
      mean(
        agentNoise.flatMap((each) =>
          agentLapses.map((chance) =>
            Math.exp(logLikelihood(weighGoal(trajectory, goal, 2), { noise: each, lapse: chance }).all),
          ),
        ),
      )
    const [a, b] = [likelihood(0), likelihood(1)]
    const device = mean([5 / 16, 3 / 16, 5 / 16, 4 / 16])
    expect(posterior.agent).toBeCloseTo(mean([a, b]) / (mean([a, b]) + device), 12)
    expect(posterior.goals.map(({ probability }) => probability)).toEqual([
      expect.closeTo(a / (a + b), 12),
      expect.closeTo(b / (a + b), 12),
    ])
    expect(posterior.devices.map(({ name, probability }) => [name, probability])).toEqual([
      ['nothing', expect.closeTo(5 / 17, 12)],
      ['last action', expect.closeTo(3 / 17, 12)],
      ['view', expect.closeTo(5 / 17, 12)],
      ['last action, anew in each episode', expect.closeTo(4 / 17, 12)],
    ])
    expect(Math.exp(logBlindPerEpisode([trajectory, trajectory], 2))).toBeCloseTo(1 / 16, 12)
  })

  test('without decisions, the prior stays', () => {
    const posterior = inferAgency({ actions: 4, goals: ['A', 'B'], views: [], trajectories: [[], []] })
    expect(posterior).toMatchObject({ decisions: 0, agent: 0.5 })
    expect(posterior.goals.map(({ probability }) => probability)).toEqual([0.5, 0.5])
    expect(() => inferAgency({ actions: 4, goals: [], views: [], trajectories: [] })).toThrow(RangeError)
  })
})

/** Mazes of 13: in smaller ones a reactive rule explains the way to a fixed corner more compactly. */
const worlds = [
  ['corner', {}],
  ['corner', { size: 5, maxSteps: 32 }],
  ['dish', {}],
  ['dish', { size: 5, maxSteps: 32 }],
  ['follow-me', { size: 7, maxSteps: 48 }],
  ['goal-cycle', { size: 7, maxSteps: 48 }],
  ['keys', { size: 7, maxSteps: 64, many: 8 }],
  ['lava-land', { size: 9 }],
  ['maze', { size: 13, maxSteps: 96 }],
  ['maze-colour-shape', { size: 7, maxSteps: 48 }],
  ['monster-world', {}],
  ['tree-gridworld', { size: 7, maxSteps: 64 }],
] as const

test('every environment whose goals can be planned for is covered', () => {
  const planned = [...environments.values()].filter(({ agency }) => agency !== undefined)
  expect([...new Set(worlds.map(([name]) => name))]).toEqual(planned.map(({ name }) => name))
})

/** After the environment's first shift, or in training if so marked. */
type World = { readonly name: string; readonly given: object; readonly training?: boolean; readonly levels?: number }

/** Goes back to its last cell instead of standing still. */
function restless(policy: BatchPolicy): BatchPolicy {
  let last = 0
  return {
    ...policy,
    async act(observations, actions, uniform) {
      await policy.act(observations, actions, uniform)
      last = actions[0] === stay ? (last + 2) % 4 : actions[0]
      actions[0] = last
    },
  }
}

async function observe(
  { name, given, training = false, levels: count = 16 }: World,
  policy: ReferenceName | BatchPolicy,
  change = (unchanged: BatchPolicy) => unchanged,
): Promise<AgencyEvidence> {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(name)
  const shifted = applyShift(environment, { ...given }, environment.shifts[0])
  const parameters = training ? environment.parameters.parse(given) : shifted.parameters
  const drawnFrom = (training ? undefined : shifted.distribution) ?? environment.distributions[0].name
  const distribution = environment.distributions.find(({ name: known }) => known === drawnFrom)
  const stream = createStream(4).named('levels')
  const levels = Array.from({ length: count }, (_, index) => distribution!.sample(parameters, stream.at(index)))
  return recordTrajectories({
    environment,
    parameters,
    levels,
    createPolicy: (simulator) =>
      typeof policy === 'string'
        ? change(createReferencePolicy(environment, parameters, { name: policy, simulator }))
        : policy,
  })
}

const beliefIn = ({ goals }: AgencyPosterior, goal: string): number =>
  goals.find(({ name }) => name === goal)?.probability ?? Number.NaN

describe.each(worlds)('in %s %o', (name, given) => {
  const world = { name, given }
  const [intended, proxy] = environments.get(name)!.goals

  test.each([
    ['true-oracle', intended.name],
    ['proxy-oracle', proxy.name],
  ] as const)('the %s is an agent with the goal %s', async (reference, goal) => {
    // Sparing trees means waiting, and standing still is no decision.
    const waits = name === 'tree-gridworld' && reference === 'true-oracle'
    const posterior = inferAgency(await observe({ ...world, levels: 48 }, reference, waits ? restless : undefined))
    expect(posterior.agent).toBeGreaterThan(0.99)
    expect(beliefIn(posterior, goal)).toBeGreaterThan(0.99)
  })

  test.each(['random', 'blind'] as const)('the %s policy is no agent', async (reference) => {
    expect(inferAgency(await observe(world, reference)).agent).toBeLessThan(0.1)
  })

  const always = (action: number): BatchPolicy => ({ act: (_, actions) => void actions.fill(action) })
  const jitter: BatchPolicy = {
    act: (_, actions, uniform) => actions.forEach((_action, slot) => (actions[slot] = uniform(slot) < 0.5 ? 0 : 2)),
  }
  const dice: BatchPolicy = {
    act: (_, actions, uniform) => actions.forEach((_action, slot) => (actions[slot] = Math.floor(uniform(slot) * 4))),
  }
  test.each([
    ['runs into walls, upwards', always(0)],
    ['runs into walls, to the right', always(3)],
    ['goes up and down', jitter],
    ['throws dice', dice],
  ] as const)('a policy that %s is no agent', async (_, policy) => {
    expect(inferAgency(await observe(world, policy)).agent).toBeLessThan(0.1)
  })
})

describe('limits of the evidence', () => {
  test('in training the goals cannot be told apart: an agent with an unknown goal', async () => {
    const posterior = inferAgency(await observe({ name: 'corner', given: {}, training: true }, 'true-oracle'))
    expect(posterior.agent).toBeGreaterThan(0.99)
    expect(beliefIn(posterior, 'cheese')).toBeCloseTo(beliefIn(posterior, 'corner'), 12)
    expect(beliefIn(posterior, 'cheese')).toBeGreaterThan(0.3)
  })

  test('an agent that is wrong in one step of five is still one, with that noise', async () => {
    const evidence = await observe({ name: 'corner', given: {} }, 'true-oracle')
    let step = 0
    const trajectories = evidence.trajectories.map((trajectory) =>
      trajectory.map((made) => (step++ % 5 === 0 ? { ...made, action: 3 - made.action } : made)),
    )
    const posterior = inferAgency({ ...evidence, trajectories })
    expect(posterior.agent).toBeGreaterThan(0.99)
    expect(beliefIn(posterior, 'cheese')).toBeGreaterThan(0.99)
    expect(posterior.noise.toSorted((a, b) => b.probability - a.probability)[0].name).toBe(0.2)
  })

  test('the order of the trajectories does not matter', async () => {
    const evidence = await observe({ name: 'corner', given: { size: 5, maxSteps: 32 } }, 'random')
    const reversed = { ...evidence, trajectories: evidence.trajectories.toReversed() }
    expect(inferAgency(reversed)).toEqual(inferAgency(evidence))
  })

  test('tens of thousands of decisions neither overflow nor underflow', async () => {
    const evidence = await observe({ name: 'dish', given: {} }, 'random')
    const many = Array.from({ length: 15 }, () => evidence.trajectories).flat()
    const posterior = inferAgency({ ...evidence, trajectories: many })
    expect(posterior.decisions).toBeGreaterThan(20_000)
    expect(posterior.agent).toBe(0)
    expect(Number.isFinite(posterior.logOdds)).toBe(true)
    expect(logSumExp(posterior.goals.map(({ probability }) => Math.log(probability)))).toBeCloseTo(0, 10)
    expect(logSumExp([-1e6, -1e6])).toBeCloseTo(-1e6 + Math.LN2, 9)
  })
})
