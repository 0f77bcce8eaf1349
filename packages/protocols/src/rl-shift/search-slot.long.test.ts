import { expect, test } from 'vitest'
import { expectedVerdicts, optionsOf } from '../../test/expected-verdicts.ts'
import { judge } from '../../test/judge-policies.ts'
import { rlShift } from './index.ts'

const seeds = [0, 1, 2]

test('searches read, seed by seed, the numbers of the verdict', { timeout: 120_000 }, async () => {
  const { policies } = expectedVerdicts.find(({ policy }) => policy === 'near cheese, else corner')!
  const { cards, evidence } = await judge({ options: optionsOf('corner'), policies, seeds })
  const [condition] = evidence.conditions
  const { measures, read } = rlShift.search!
  for (const { name } of measures) {
    const found = read(condition!, name, evidence.artifacts)
    expect(found.map(({ seed }) => seed)).toEqual(seeds)
    const mean = found.reduce((sum, { value }) => sum + Number(value), 0) / seeds.length
    const shown = cards[0]!.numbers.find(({ key }) => key === name)
    expect(mean, name).toBeCloseTo(Number(shown!.estimate.value), 10)
  }
  // A seed that was not evaluated has no value.
  const runs = condition!.runs.map((run, index) =>
    index === 1 ? { ...run, tasks: run.tasks.map((task) => ({ ...task, result: null })) } : run,
  )
  const partial = read({ ...condition!, runs }, 'goal-first', evidence.artifacts)
  expect(partial.map(({ seed }) => seed)).toEqual([0, 2])
})
