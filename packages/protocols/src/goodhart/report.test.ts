import { numberOf } from '../../test/number-of.ts'
import { report as reportSchema, type JsonObject, type Report, type VerdictPart } from '@goalpost/contracts'
import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { goodhart } from './index.ts'
import { executors } from './run.ts'
import { createMemoryContext } from './testing/memory-context.ts'
import { resolveSmall } from './testing/small-options.ts'

async function runCondition(name: string, changes: JsonObject, seeds: readonly number[]): Promise<ConditionEvidence> {
  const options = resolveSmall({ draws: 2 ** 16, ...changes })
  const runs: RunEvidence[] = []
  for (const seed of seeds) {
    const [{ key, kind, inputs }] = goodhart.plan(options, seed)
    const result = await executors.sample!(createMemoryContext({ inputs, seed }))
    runs.push({ seed, state: 'succeeded', tasks: [{ key, kind, inputs, result }] })
  }
  return { name, options, marks: [], runs }
}

const fiveSeeds = [1, 2, 3, 4, 5]
const light = runCondition('light', { error: { distribution: 'normal' } }, fiveSeeds)
const heavy = runCondition('heavy', { error: { distribution: 'student-t', dof: 1.5 } }, fiveSeeds)

function reportOn(...conditions: ConditionEvidence[]): Report {
  return reportSchema.parse(goodhart.report({ experiment: 'test', conditions, artifacts: new Map() }))
}

function verdictsOf(report: Report): VerdictPart[] {
  return report.parts.filter((part) => part.type === 'verdict')
}

/** Only the first `count` runs have finished; the others are as in the middle of an experiment. */
function finishedOnly(condition: ConditionEvidence, count: number): ConditionEvidence {
  return {
    ...condition,
    runs: condition.runs.map((run, i) =>
      i < count ? run : { ...run, state: 'running', tasks: run.tasks.map((task) => ({ ...task, result: null })) },
    ),
  }
}

describe('report', () => {
  test('a light-tailed error is benign, a heavy-tailed one catastrophic, on the same seeds', async () => {
    const [first, second] = verdictsOf(reportOn(await light, await heavy))
    expect(first).toMatchObject({
      condition: 'light',
      verdict: 'benign',
      tone: 'good',
      provisional: false,
      tally: { benign: 5 },
    })
    expect(second).toMatchObject({
      condition: 'heavy',
      verdict: 'catastrophic-goodhart',
      tone: 'bad',
      provisional: false,
    })
    expect(second.reason).toContain('reward grows')
    expect(first.sentence).toBe(
      'utility keeps rising with reward, up to the strongest pressure measured — 5 of 5 seeds',
    )
    expect(second.sentence).toMatch(/^more reward brings utility back down to the base policy’s \(.+\) — 5 of 5 seeds$/)
    expect([first.goal, second.goal]).toEqual([null, null])
    expect(second.numbers.map(({ key }) => key)).toContain('best-of-n-utility-gain')
    expect(second.thresholds).toEqual({ level: 0.95, catastrophicBelow: 0.25, benignAbove: 0.9 })
  })

  test('a normal error that drowns utility is not called catastrophic: utility never rose, so it cannot fall back', async () => {
    const drowned = await runCondition('drowned', { error: { distribution: 'normal', scale: 1_000 } }, fiveSeeds)
    expect(verdictsOf(reportOn(drowned))[0].verdict).toBe('undetermined')
  })

  test('has curves with intervals, as numbers instead of drawings', async () => {
    const { parts } = reportOn(await light, await heavy)
    const series = parts.filter((part) => part.type === 'series')
    const curve = series.find(({ title }) => title === 'Best-of-N: utility against N')!
    expect(curve.lines.map(({ name }) => name)).toEqual(['light', 'heavy'])
    expect(curve.lines[0].points.map(({ x }) => x)).toEqual([2, 8, 64, 512])
    for (const { y } of curve.lines[0].points)
      expect(y).toMatchObject({ level: 0.95, count: 5, low: expect.any(Number) })
    expect(JSON.stringify(parts)).not.toMatch(/[▁-█░]/)
  })

  test('does not change with the unit of utility: all gains are in its standard deviations', async () => {
    const scaled = await runCondition(
      'heavy',
      { error: { distribution: 'normal', scale: 8 }, utility: { scale: 8 } },
      fiveSeeds,
    )
    const [own] = verdictsOf(reportOn(scaled))
    const [unit] = verdictsOf(reportOn(await light))
    expect(own.numbers[0].estimate.value).toBeCloseTo(numberOf(unit.numbers[0].estimate.value), 12)
  })

  test.each([0, 1, 2, 4])('of %d finished runs is provisional, and shows the available numbers', async (count) => {
    const [verdict] = verdictsOf(reportOn(finishedOnly(await light, count)))
    expect(verdict.provisional).toBe(true)
    expect(verdict.verdict).toBe(count < 2 ? 'undetermined' : 'benign')
    expect(Object.values(verdict.tally).reduce((sum, seeds) => sum + seeds, 0)).toBe(count)
  })

  test('does not depend on the order in which runs finished', async () => {
    const condition = await heavy
    const reversed = { ...condition, runs: condition.runs.toReversed() }
    expect(reportOn(reversed)).toEqual(reportOn(condition))
  })

  test('every possible verdict is documented', async () => {
    expect(goodhart.verdicts.map(({ name }) => name)).toEqual([
      'catastrophic-goodhart',
      'overoptimization',
      'benign',
      'undetermined',
    ])
  })
})

describe('comparison', () => {
  const compare = (...arms: [string, ConditionEvidence][]) =>
    reportSchema.parse(
      goodhart.compare(
        arms.map(([experiment, condition]) => ({ experiment, condition })),
        new Map(),
      ),
    )

  test('pairs seeds, and shows that the heavy tail costs utility', async () => {
    const { parts } = compare(['a', await light], ['a', await heavy])
    const table = parts.find((part) => part.type === 'table' && part.title === 'Differences to light')!
    const [, policy, difference] = table.type === 'table' ? table.rows[0].cells : []
    expect(policy).toEqual({ text: 'best of 512' })
    expect(difference).toMatchObject({ estimate: { count: 5, high: expect.any(Number) } })
    expect('estimate' in difference && difference.estimate.high).toBeLessThan(-1)
  })

  test('computes differences to the first arm', async () => {
    const gain = async (...arms: ConditionEvidence[]) => {
      const { parts } = compare(...arms.map((arm): [string, ConditionEvidence] => ['a', arm]))
      const table = parts.find((part) => part.type === 'table' && part.title === `Differences to ${arms[0]?.name}`)!
      const cell = table.type === 'table' ? table.rows[0].cells[2] : { text: '' }
      return 'estimate' in cell ? Number(cell.estimate.value) : Number.NaN
    }
    const [one, other] = [await light, await heavy]
    expect(await gain(other, one)).toBeGreaterThan(1)
    expect(await gain(other, one)).toBeCloseTo(-(await gain(one, other)), 12)
  })

  test('names the experiment if arms are from several, and lists what cannot be compared', async () => {
    const other = await runCondition(
      'light',
      { bestOfN: [3, 5], klBudgets: [0.2, 0.3], tail: { klBudget: 2, depths: [2, 16] } },
      [9],
    )
    const { parts } = compare(['a', await light], ['b', other])
    const text = JSON.stringify(parts)
    expect(text).toContain('b / light')
    expect(text).toContain('no policy was measured in both')
  })

  test('of nothing is still a report', () => {
    expect(compare().parts).toBeInstanceOf(Array)
  })
})

test('each seed has its own value of every number, in the mean the one that is shown', async () => {
  const [card] = verdictsOf(reportOn(finishedOnly(await light, 3)))
  for (const { values } of card!.numbers) expect(values?.map(({ seed }) => seed)).toEqual([1, 2, 3])
  const ofSeeds = (key: string) => card!.numbers.find((number) => number.key === key)
  const gain = ofSeeds('best-of-n-utility-gain')
  const meanOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
  expect(meanOf(gain!.values!.map(({ value }) => Number(value)))).toBeCloseTo(numberOf(gain!.estimate.value), 10)
  const growth = ofSeeds('best-of-n-reward-growth')
  const logs = growth!.values!.map(({ value }) => Math.log(Number(value)))
  expect(Math.exp(meanOf(logs))).toBeCloseTo(numberOf(growth!.estimate.value), 10)
})

test('measures to search are those of the strongest pressure, of each finished seed', async () => {
  const { search } = goodhart
  const condition = finishedOnly(await light, 3)
  const read = search!.read(condition, 'best-of-n-utility-gain', new Map())
  expect(read.map(({ seed }) => seed)).toEqual([1, 2, 3])
  const [card] = verdictsOf(reportOn(condition))
  const mean = read.reduce((sum, { value }) => sum + Number(value), 0) / 3
  const shown = card!.numbers.find(({ key }) => key === 'best-of-n-utility-gain')
  expect(mean).toBeCloseTo(numberOf(shown?.estimate.value), 10)
  expect(search!.read(condition, 'nonsense', new Map())).toEqual([])
})
