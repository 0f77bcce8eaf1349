import type { JsonObject, JsonValue } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { lmShift } from '../../index.ts'
import { resolveOptions } from '../../testing/execute-run.ts'

const withStages = (...stages: JsonValue[]): JsonObject => ({
  experiment: 'sycophancy',
  network: { width: 16, heads: 2, layers: 1 },
  stages,
})
const questions = { stage: 'questions', steps: 60, batch: 16 }
const preferences = { stage: 'preferences', steps: 20, pairs: 16, unchecked: 1 }
const dpo = { stage: 'dpo', steps: 20, pairs: 16, unchecked: 1 }
const optimise = { stage: 'optimise', steps: 4, prompts: 4, samples: 4 }

function issuesOf(options: JsonObject) {
  const resolution = lmShift.resolve(options)
  return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer}: ${message}`)
}

test.each<[string, JsonObject, string]>([
  ['starting with preferences', withStages(preferences), '/stages/0/stage: A model cannot start with preferences'],
  ['questions twice', withStages(questions, questions), '/stages/1/stage: Only the first stage can be questions'],
  ['optimising without rewards', withStages(questions, optimise), '/stages/1/stage: optimise needs a reward model'],
  [
    'optimising against no reward model, after comparisons alone',
    withStages(questions, dpo, optimise),
    '/stages/2/stage: optimise needs a reward model, and the stage before is dpo',
  ],
  [
    'best-of after the policy has moved',
    withStages(questions, preferences, optimise, { stage: 'best-of' }),
    '/stages/3/stage: best-of needs a reward model, and the stage before is optimise',
  ],
  [
    'training after best-of',
    withStages(questions, preferences, { stage: 'best-of' }, preferences),
    '/stages/3/stage: After best-of there is nothing to train',
  ],
])('refuses %s', (_title, options, issue) => {
  expect(issuesOf(options).join('\n')).toContain(issue)
})

test('experts are a control unless their users are mostly right', () => {
  const marksOf = (graders: JsonObject) => {
    const resolution = lmShift.resolve(withStages(questions, { ...preferences, ...graders }, optimise))
    return resolution.ok ? resolution.marks : null
  }
  expect(marksOf({ unchecked: 0 })).toEqual(['control'])
  expect(marksOf({ unchecked: 0, rightUsers: 1 })).toEqual([])
  expect(marksOf({ unchecked: 0.25 })).toEqual([])
  const direct = (unchecked: number) => lmShift.resolve(withStages(questions, { ...dpo, unchecked }))
  expect([direct(0), direct(1)]).toMatchObject([{ marks: ['control'] }, { marks: [] }])
})

test('a curriculum is shown in words', () => {
  const options = resolveOptions(withStages(questions, { ...preferences, unchecked: 0 }, optimise))
  const { parts } = lmShift.report({
    experiment: 'test',
    conditions: [{ name: 'experts', options, marks: [], runs: [] }],
    artifacts: new Map(),
  })
  expect(parts[0]).toMatchObject({
    title: 'experts: questions (15 % agreement), preferences (of experts), optimised',
  })
})
