import { environments, type Decision, type ReferenceName } from '@goalpost/environments'
import { describe, expect, test } from 'vitest'
import { recordTrajectories } from '../../test/record-trajectories.ts'
import { createReferencePolicy, type BatchPolicy } from '../episodes/batch-policy.ts'
import { createSuite } from '../suites/create-suite.ts'
import { logAgent, weighGoal } from './agent-evidence.ts'
import { logDevices } from './device-evidence.ts'
import { agentNoise, inferAgency, type AgencyEvidence, type AgencyPosterior } from './infer-agency.ts'
import { logHabit, logSumExp } from './log-space.ts'

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

  test('an agent with one best of two actions, two right and one wrong: (1 − ε)² · ε', () => {
    const evidence = weighGoal([decision(0, [0b01]), decision(1, [0b10]), decision(0, [0b10])], 0, 2)
    expect(evidence).toMatchObject({ kept: 2, slips: [0, 1, 0] })
    expect(Math.exp(logAgent(evidence, 0.1))).toBeCloseTo(0.9 ** 2 * 0.1, 14)
  })

  test('a wrong action is any of those that are not optimal, a tied one is up to habit', () => {
    // Of four actions two are best: twice the first, ½ · ¾ by habit; then one of the two others.
    const tied = [decision(0, [0b0011]), decision(0, [0b0011]), decision(3, [0b0011])]
    expect(Math.exp(logAgent(weighGoal(tied, 0, 4), 0.2))).toBeCloseTo((0.8 ** 2 * (3 / 8) * 0.2) / 2, 14)
  })

  test('where a goal prefers nothing, noise does not matter', () => {
    const evidence = weighGoal([decision(2, [0b1111]), decision(2, [0b1111])], 0, 4)
    expect(logAgent(evidence, 0.01)).toBe(logAgent(evidence, 0.4))
    // ½/2 for the first of four, 1½/3 for it again.
    expect(Math.exp(logAgent(evidence, 0.01))).toBeCloseTo((1 / 4) * (1 / 2), 14)
  })

  test('a device that sees two inputs has a habit for each', () => {
    const trajectory = [decision(0, [1], ['a']), decision(1, [1], ['b']), decision(0, [1], ['a'])]
    const logProbability = logDevices([trajectory], (steps, step) => steps[step].views[0], 2)
    expect(Math.exp(logProbability)).toBeCloseTo((1 / 2) * (3 / 4) * (1 / 2), 14)
  })

  test('the posterior is Bayes’ rule over all of them, with equal weights', () => {
    // Three times the action that goal A calls for and goal B does not; devices: 1/2 · 3/4 · 5/6 without input or with one
    // view; with the last action as input, 1/2 at first, and then 1/2 · 3/4 after a 0.
    const trajectory = [0, 0, 0].map((action) => decision(action, [0b01, 0b10]))
    const posterior = inferAgency({ actions: 2, goals: ['A', 'B'], views: ['view'], trajectories: [trajectory] })
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const [a, b] = [mean(agentNoise.map((noise) => (1 - noise) ** 3)), mean(agentNoise.map((noise) => noise ** 3))]
    const device = mean([5 / 16, 3 / 16, 5 / 16])
    expect(posterior.agent).toBeCloseTo(mean([a, b]) / (mean([a, b]) + device), 12)
    expect(posterior.goals.map(({ probability }) => probability)).toEqual([
      expect.closeTo(a / (a + b), 12),
      expect.closeTo(b / (a + b), 12),
    ])
    expect(posterior.devices.map(({ name, probability }) => [name, probability])).toEqual([
      ['nothing', expect.closeTo(5 / 13, 12)],
      ['last action', expect.closeTo(3 / 13, 12)],
      ['view', expect.closeTo(5 / 13, 12)],
    ])
  })

  test('without decisions, the prior stays', () => {
    const posterior = inferAgency({ actions: 4, goals: ['A', 'B'], views: [], trajectories: [[], []] })
    expect(posterior).toMatchObject({ decisions: 0, agent: 0.5 })
    expect(posterior.goals.map(({ probability }) => probability)).toEqual([0.5, 0.5])
    expect(() => inferAgency({ actions: 4, goals: [], views: [], trajectories: [] })).toThrow(RangeError)
  })
})

const worlds = [
  ['corner', {}],
  ['corner', { size: 5, maxSteps: 32 }],
  ['dish', {}],
  ['dish', { size: 5, maxSteps: 32 }],
  ['lava-land', { size: 9 }],
] as const

type World = { readonly name: string; readonly given: object; readonly alpha?: number }

async function observe(
  { name, given, alpha = 1 }: World,
  policy: ReferenceName | BatchPolicy,
): Promise<AgencyEvidence> {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(name)
  const parameters = environment.parameters.parse(given)
  const { levels } = createSuite(environment, parameters, {
    source: { alpha },
    levels: 48,
    seed: 4,
    solvableOnly: true,
  })
  return recordTrajectories({
    environment,
    parameters,
    levels,
    createPolicy: (simulator) =>
      typeof policy === 'string' ? createReferencePolicy(environment, parameters, { name: policy, simulator }) : policy,
  })
}

const beliefIn = ({ goals }: AgencyPosterior, goal: string): number =>
  goals.find(({ name }) => name === goal)?.probability ?? Number.NaN

describe.each(worlds)('in %s %o', (name, given) => {
  const world = { name, given }
  const { intendedGoal, proxyGoal } = environments.get(name)!

  test.each([
    ['true-oracle', intendedGoal.name],
    ['proxy-oracle', proxyGoal.name],
  ] as const)('the %s is an agent with the goal %s', async (reference, goal) => {
    const posterior = inferAgency(await observe(world, reference))
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
  ] as const)('whoever %s is no agent', async (_, policy) => {
    expect(inferAgency(await observe(world, policy)).agent).toBeLessThan(0.1)
  })
})

describe('what the evidence can tell', () => {
  test('in training the goals cannot be told apart: an agent, and nobody knows of what', async () => {
    const posterior = inferAgency(await observe({ name: 'corner', given: {}, alpha: 0 }, 'true-oracle'))
    expect(posterior.agent).toBeGreaterThan(0.99)
    expect(beliefIn(posterior, 'cheese')).toBeCloseTo(beliefIn(posterior, 'corner'), 12)
    expect(beliefIn(posterior, 'cheese')).toBeGreaterThan(0.3)
  })

  test('an agent that is wrong in one step of five is still one, of the noise that it has', async () => {
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

  test('hundreds of thousands of decisions neither overflow nor underflow', async () => {
    const evidence = await observe({ name: 'dish', given: {} }, 'random')
    const many = Array.from({ length: 50 }, () => evidence.trajectories).flat()
    const posterior = inferAgency({ ...evidence, trajectories: many })
    expect(posterior.decisions).toBeGreaterThan(100_000)
    expect(posterior.agent).toBe(0)
    expect(Number.isFinite(posterior.logOdds)).toBe(true)
    expect(logSumExp(posterior.goals.map(({ probability }) => Math.log(probability)))).toBeCloseTo(0, 10)
    expect(logSumExp([-1e6, -1e6])).toBeCloseTo(-1e6 + Math.LN2, 9)
  })
})
