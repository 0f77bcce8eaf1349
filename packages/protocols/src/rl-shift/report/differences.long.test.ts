import type { ConditionEvidence } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { judge } from '../../../test/judge-policies.ts'
import { expectedVerdicts, optionsOf } from '../../../test/expected-verdicts.ts'
import { rlShift } from '../index.ts'

const seeds = [0, 1]

/** As if its policies had been trained on the levels with a 1. */
function trainedOn(condition: ConditionEvidence, suite: string): ConditionEvidence {
  const kept = {
    name: `trained-on/${suite}`,
    hash: 'marks',
    bytes: 1,
    mediaType: 'application/octet-stream',
    evidence: true,
  }
  const runs = condition.runs.map((run) => ({
    ...run,
    tasks: run.tasks.map((task) =>
      task.result === null || task.kind !== 'evaluate'
        ? task
        : { ...task, result: { ...task.result, artifacts: [...task.result.artifacts, kept] } },
    ),
  }))
  return { ...condition, name: 'trained on some', runs }
}

/** How many levels a comparison counts as higher, equal and lower, by suite. */
function levelsOf(arms: readonly ConditionEvidence[], artifacts: ReadonlyMap<string, Uint8Array>) {
  const { parts } = rlShift.compare(
    arms.map((condition) => ({ experiment: 'e', condition })),
    artifacts,
  )
  const table = parts.find((part) => part.type === 'table' && part.title.startsWith('Differences to'))
  if (table?.type !== 'table') throw new Error('no table of differences')
  return new Map(
    table.rows.map(({ cells }) => {
      const texts = cells.map((cell) => ('text' in cell ? cell.text : ''))
      const counts = (texts.at(-1) ?? '').split(' ').map(Number)
      return [texts[1], counts.reduce((sum, count) => sum + count, 0)]
    }),
  )
}

test('levels that one side was trained on are in no difference', { timeout: 120_000 }, async () => {
  const { policies } = expectedVerdicts.find(({ policy }) => policy === 'near cheese, else corner')!
  const { evidence } = await judge({ options: optionsOf('corner'), policies, seeds })
  const [condition] = evidence.conditions
  const whole = levelsOf([condition!, { ...condition!, name: 'the same' }], evidence.artifacts)
  const [suite = '', levels = 0] = [...whole].find(([name]) => name === 'shifted') ?? []
  expect(levels).toBeGreaterThan(100)
  const { suites } = condition!.options as { suites: { name: string; levels: number }[] }
  const size = suites.find(({ name }) => name === suite)?.levels ?? 0
  const marks = Uint8Array.from({ length: size }, (_, level) => (level % 4 === 0 ? 1 : 0))
  const artifacts = new Map([...evidence.artifacts, ['marks', marks] as const])
  const reduced = levelsOf([condition!, trainedOn(condition!, String(suite))], artifacts).get(suite) ?? 0
  expect(reduced / levels).toBeGreaterThan(0.65)
  expect(reduced / levels).toBeLessThan(0.85)
})
