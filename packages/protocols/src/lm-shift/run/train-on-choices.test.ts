import { createEngine } from '@goalpost/engine'
import {
  createNextTokenReader,
  createTransformer,
  initializeParameters,
  parseLanguageSnapshot,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { trainOnChoices } from './train-on-choices.ts'

const spec = { vocabulary: 8, context: 3, width: 16, heads: 2, layers: 1 }
const model = { spec, parameters: initializeParameters(createTransformer(spec), createStream(1)) }
const options = { steps: 120, pairs: 32, learningRate: 0.01, temperature: 1, beta: 0.1 }

type Question = { readonly tokens: readonly [number, number] }
type Prefer = (question: Question, answers: readonly [number, number]) => 0 | 1 | null

/** After a first word of 1 the smaller answer is better, after 2 the larger. */
const byFirstWord: Prefer = ({ tokens: [first] }, [left, right]) => (left < right === (first === 1) ? 0 : 1)

async function train(prefer: Prefer, beta = options.beta) {
  const engine = await createEngine('onnx:cpu', { threads: 1 })
  const training = await trainOnChoices(engine, {
    model,
    options: { ...options, beta },
    columns: 2,
    stream: createStream(3),
    draw: (random): Question => ({ tokens: [1 + random.integer(2), 3] }),
    prefer,
  })
  for (let step = 0; step < options.steps; step++) await training.update(step)
  const { parameters } = await training.optimizer.save()
  const [kept] = training.artifacts(parameters)
  training.dispose()
  const left = engine.memory().tensors
  const trained = parseLanguageSnapshot(kept.bytes)
  const reader = await createNextTokenReader(engine, createTransformer(spec), { prompts: 2, columns: 2 })
  const rows = { tokens: Int32Array.of(1, 3, 2, 3), starts: new Int32Array(2) }
  const probabilities = await reader.read(trained.parameters, rows)
  reader.dispose()
  return { trained, left, after: [probabilities.slice(0, 8), probabilities.slice(8)] }
}

const expectedAnswer = (probabilities: Float32Array) => probabilities.reduce((sum, p, answer) => sum + p * answer, 0)

test('the policy comes to answer as graders prefer, depending on the question', async () => {
  const { after, left } = await train(byFirstWord)
  expect(expectedAnswer(after[0])).toBeLessThan(1.5)
  expect(expectedAnswer(after[1])).toBeGreaterThan(5.5)
  expect(left).toBe(0)
})

test('a larger beta stays closer to the start', async () => {
  const [near, far] = [await train(byFirstWord, 10), await train(byFirstWord, 0.1)]
  expect(expectedAnswer(near.after[1])).toBeLessThan(expectedAnswer(far.after[1]) - 0.5)
})

test('without any preference the policy stays as it was', async () => {
  expect((await train(() => null)).trained).toEqual(model)
})
