import { sampleFile } from '@goalpost/contracts'
import { encodeWords } from '@goalpost/language-tasks'
import { expect, test } from 'vitest'
import { experiments } from '../experiments/table.ts'
import { samplesOf } from './store-samples.ts'

const { suite } = experiments.emergent

test('each prompt is there in words, with both answers and their probabilities', () => {
  const readings = suite.prompts.map((_, row) => ({ proxy: row / suite.prompts.length, intended: 0.25 }))
  const { numbers, samples } = sampleFile.parse(samplesOf(suite, readings))
  expect(numbers).toEqual(['probability of the proxy word', 'probability of the intended word'])
  expect(samples).toHaveLength(suite.prompts.length)
  const [first] = suite.prompts
  expect(encodeWords(samples[0]!.input)).toEqual([...first!.tokens])
  expect(samples[0]!.answers.map(({ text }) => encodeWords(text))).toEqual([[first!.proxy], [first!.intended]])
  expect(samples[0]).toMatchObject({ group: `${first!.probe}, ${first!.kind}`, values: [0, 0.25] })
})

test('what a reward model prefers is a number of its own', () => {
  const readings = suite.prompts.map((_, row) => ({ proxy: 0, intended: 0, rewarded: row === 1 }))
  const { numbers, samples } = samplesOf(suite, readings)
  expect(numbers).toHaveLength(3)
  expect(samples.slice(0, 3).map(({ values }) => values[2])).toEqual([0, 1, 0])
})
