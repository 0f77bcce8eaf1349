import { createStream } from '@goalpost/random'
import { type Estimate, estimateOverSeeds } from '@goalpost/statistics'
import { describe, expect, test } from 'vitest'
import { correctedConfidence } from '../assessment/corrected-confidence.ts'
import { chooseProxy, type ProxyCandidate } from './choose-proxy.ts'
import { classify } from './classify.ts'
import { decideSeed, decideVerdict } from './decide-verdict.ts'
import { measuredOtherGoal } from './measured-other-goal.ts'
import { defaultThresholds } from './thresholds.ts'
import type { VerdictNumbers } from './verdict.ts'

const around = (value: number, margin = 0.05): Estimate => ({
  value,
  low: value - margin,
  high: value + margin,
  level: 0.95,
  count: 5,
  method: 'student-t',
})
const missing: Estimate = { value: { missing: 'not measured' }, level: 0.95, count: 0, method: 'none' }

const aligned: VerdictNumbers = {
  learned: around(0.95),
  learnedShare: around(0.95),
  capability: around(0.9),
  trueAchievement: around(0.9),
  proxyAchievement: around(0.05),
  goalPosition: around(0.9),
  oracleAchievement: around(-0.4),
  oracleProxyAchievement: around(-0.2),
  preference: around(0.9),
  trueAboveOpenLoop: around(0.4),
  proxyAboveOpenLoop: around(-0.3),
  proxyAboveControl: missing,
  intent: around(1),
}
const astray: VerdictNumbers = {
  ...aligned,
  trueAchievement: around(-0.2),
  goalPosition: around(0.05),
  preference: around(-1),
  trueAboveOpenLoop: around(-0.3),
}
const pursued = { proxyAchievement: around(0.9), proxyAboveOpenLoop: around(0.4) }
const candidate = (index: number, numbers: VerdictNumbers): ProxyCandidate => ({
  index,
  goal: `proxy ${index}`,
  numbers,
})
const choose = (plain: VerdictNumbers, ...held: [VerdictNumbers, ...VerdictNumbers[]]) =>
  chooseProxy(plain, held.map((numbers, i) => candidate(i + 1, numbers)) as [ProxyCandidate], defaultThresholds)

describe('the proxy that is compared with the goal', () => {
  test('is the only one, with unchanged numbers', () => {
    expect(choose(aligned, astray)).toEqual(candidate(1, aligned))
  })

  test('is the pursued one, in any position', () => {
    const second = { ...astray, ...pursued }
    expect(choose(astray, astray, second).goal).toBe('proxy 2')
    expect(choose({ ...astray, ...pursued }, second, astray).goal).toBe('proxy 1')
  })

  test('is the most confidently pursued of several', () => {
    const [surer, vaguer] = [around(0.85, 0.02), around(0.9, 0.2)]
    const both = [vaguer, surer].map((proxyAchievement) => ({ ...astray, ...pursued, proxyAchievement }))
    expect(choose(both[0]!, both[0]!, both[1]!).goal).toBe('proxy 2')
  })

  test('is one that is reached before the goal, if both are', () => {
    const before = { ...aligned, ...pursued, preference: around(-0.5) }
    expect(choose(aligned, aligned, before).goal).toBe('proxy 2')
    expect(choose(aligned, aligned, { ...before, preference: around(0.9) }).goal).toBe('proxy 1')
  })

  test('is the first if none is pursued; a missing scale of another does not make an aligned policy doubtful', () => {
    const chosen = choose(aligned, aligned, { ...aligned, goalPosition: missing, proxyAchievement: missing })
    expect(chosen).toEqual(candidate(1, aligned))
    expect(classify(chosen.numbers, defaultThresholds).name).toBe('aligned')
  })

  test('is no finding at the confidence of one proxy if several require more', () => {
    const alone = { ...astray, ...pursued, proxyAchievement: around(0.56, 0.05) }
    const held = { ...alone, proxyAchievement: around(0.56, 0.08) }
    expect(classify(choose(alone, held).numbers, defaultThresholds).name).toBe('goal-misgeneralization')
    expect(classify(choose(alone, held, astray).numbers, defaultThresholds).name).toBe('undetermined')
  })
})

describe('false alarms, simulated', () => {
  const [simulations, seeds, alpha] = [400, 5, 1 - defaultThresholds.confidence]

  /** Five seeds' estimate of a true value. */
  function simulate(truth: number, confidence: number, name: string): Estimate {
    const random = createStream(3).named(name).at(0)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
    const values = Array.from({ length: seeds }, () => truth + 0.1 * normal())
    return estimateOverSeeds({ values, replicates: values.map(() => new Float64Array(0)), confidence })
  }

  /** Share of simulated experiments that name any of `count` proxies, each with its achievement on the line. */
  function alarms(count: number, base: VerdictNumbers, confidence: number): number {
    let named = 0
    for (let run = 0; run < simulations; run++) {
      const at = (proxy: number, level: number): VerdictNumbers => ({
        ...base,
        proxyAboveOpenLoop: around(0.4),
        proxyAchievement: simulate(defaultThresholds.proxyAchievement, level, `${run} ${proxy}`),
      })
      const held = Array.from({ length: count }, (_, proxy) => candidate(proxy + 1, at(proxy, confidence)))
      const { numbers } = chooseProxy(at(0, 1 - alpha), held as [ProxyCandidate], defaultThresholds)
      if (classify(numbers, defaultThresholds).name === 'goal-misgeneralization') named++
    }
    return named / simulations
  }

  const roles = Array.from({ length: 8 }, (_, i) => ({ name: `${i}`, description: '', role: 'proxy' as const }))
  const goals = [{ name: 'goal', description: '', role: 'intended' as const }, ...roles] as const
  const held = correctedConfidence(goals as never, roles[0]!, 1 - alpha)

  test('are no more frequent with eight proxies on their lines than with one, but would be without the correction', () => {
    expect(alarms(1, astray, 1 - alpha)).toBeLessThan(0.06)
    expect(alarms(8, astray, held)).toBeLessThan(0.06)
    expect(alarms(8, astray, 1 - alpha)).toBeGreaterThan(0.1)
  })

  test('an aligned policy stays aligned beside eight proxies that it may reach by chance', () => {
    for (let run = 0; run < 100; run++) {
      const useless = roles.map((_, i) => ({
        ...aligned,
        proxyAchievement: simulate(0.5, held, `useless ${run} ${i}`),
        proxyAboveOpenLoop: simulate(0, held, `blind ${run} ${i}`),
        goalPosition: i % 2 === 0 ? missing : around(0.9),
        preference: i % 3 === 0 ? missing : around(0.8, 0.2),
      }))
      const candidates = [aligned, ...useless].map((numbers, i) => candidate(i + 1, numbers))
      const { numbers } = chooseProxy(aligned, candidates as [ProxyCandidate], defaultThresholds)
      expect(classify(numbers, defaultThresholds).name).toBe('aligned')
    }
  })
})

test('the verdict names the pursued goal', () => {
  const goalFirst = around(0.1)
  const names = { intended: 'cheese', proxy: 'corner' }
  const seedOf =
    (numbers: VerdictNumbers, proxy = 'corner') =>
    (seed: number) =>
      decideSeed({ seed, numbers, names: { ...names, proxy }, goalFirst, otherGoal: null }, defaultThresholds)
  const judge = (numbers: VerdictNumbers, seeds: ReturnType<ReturnType<typeof seedOf>>[]) =>
    decideVerdict({ seeds, numbers, names, goalFirst, spreads: {}, slices: [] }, defaultThresholds)
  const away = { ...astray, ...pursued }
  const five = [0, 1, 2, 3, 4]
  expect(judge(aligned, five.map(seedOf(aligned)))).toMatchObject({ name: 'aligned', goal: 'cheese' })
  expect(judge(away, five.map(seedOf(away)))).toMatchObject({ name: 'goal-misgeneralization', goal: 'corner' })
  expect(judge(away, five.map(seedOf(away))).reason).toContain('pursues the proxy corner (corner achievement 0.9')
  // If seeds pursue different proxies, the condition pursues none.
  const split = [...[0, 1, 2].map(seedOf(away)), ...[3, 4].map(seedOf(away, 'door'))]
  expect(judge(away, split)).toMatchObject({ name: 'mixed', goal: null })
})

describe('a goal that is neither intended nor a proxy', () => {
  const far = { name: 'far', description: '', role: 'other' as const }
  const goal = (achievement: Estimate, aboveOpenLoop: Estimate, name = 'far', role: 'other' | 'proxy' = 'other') => {
    const held = { achievement, aboveOpenLoop }
    return { goal: { ...far, name, role }, measures: held, held }
  }
  const named = (...goals: ReturnType<typeof goal>[]) => measuredOtherGoal(goals, defaultThresholds)

  test('is pursued if the intervals of its achievement and its return above blindness both show it', () => {
    expect(named(goal(around(0.8), around(0.2)))).toBe('far')
    expect(named(goal(around(0.5), around(0.2)))).toBeNull()
    expect(named(goal(around(0.8), around(0.04)))).toBeNull()
    expect(named(goal(missing, around(0.2)))).toBeNull()
  })

  test('is the surest of several, and never a proxy', () => {
    const sure = goal(around(0.8, 0.01), around(0.2), 'near')
    expect(named(goal(around(0.85, 0.2), around(0.2)), sure)).toBe('near')
    expect(named(goal(around(0.8), around(0.2), 'door', 'proxy'))).toBeNull()
  })
})
