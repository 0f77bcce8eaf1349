import { createEngine } from '@goalpost/engine'
import {
  createRewardReader,
  createTransformer,
  initializeParameters,
  parseLanguageSnapshot,
  parseRewardSnapshot,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { trainOnPreferences } from './train-on-preferences.ts'

const spec = { vocabulary: 8, context: 3, width: 16, heads: 2, layers: 1 }
const model = { spec, parameters: initializeParameters(createTransformer(spec), createStream(1)) }
const options = { steps: 160, pairs: 32, learningRate: 0.01, temperature: 1 }

type Question = { readonly tokens: readonly [number, number] }
type Prefer = (question: Question, answers: readonly [number, number]) => 0 | 1 | null

/** After a first word of 1 the smaller answer is better, after 2 the larger. */
const byFirstWord: Prefer = ({ tokens: [first] }, [left, right]) => (left < right === (first === 1) ? 0 : 1)

async function train(prefer: Prefer) {
  const engine = await createEngine('onnx:cpu', { threads: 1 })
  const training = await trainOnPreferences(engine, {
    model,
    options,
    columns: 2,
    stream: createStream(3),
    draw: (random): Question => ({ tokens: [1 + random.integer(2), 3] }),
    prefer,
  })
  const compared: number[] = []
  for (let step = 0; step < options.steps; step++) compared.push((await training.update(step)).compared)
  const { parameters } = await training.optimizer.save()
  const kept = new Map(training.artifacts(parameters).map(({ name, bytes }) => [name, bytes]))
  training.dispose()
  const left = engine.memory().tensors
  const reward = parseRewardSnapshot(kept.get('reward-model') ?? new Uint8Array())
  const reader = await createRewardReader(engine, reward, { sequences: 8, columns: 3 })
  const rewardsAfter = async (first: number) => {
    const tokens = Array.from({ length: 8 }, (_, answer) => [first, 3, answer]).flat()
    return Array.from(await reader.read({ tokens: Int32Array.from(tokens), starts: new Int32Array(8) }))
  }
  return { compared, kept, left, rewards: [await rewardsAfter(1), await rewardsAfter(2)] }
}

/** Of the 28 pairs of answers, how many have the larger one rewarded more. */
const ascending = (values: readonly number[]) =>
  values.flatMap((value, i) => values.slice(i + 1).filter((later) => later > value)).length

test('rewards come to order answers as graders do, depending on the question', async () => {
  const { rewards, compared, left, kept } = await train(byFirstWord)
  const [smaller, larger] = rewards
  expect(ascending(smaller)).toBeLessThan(4)
  expect(ascending(larger)).toBeGreaterThan(24)
  // Of four samples among eight words, two are nearly always different.
  expect(compared.every((share) => share > 0.8)).toBe(true)
  expect(left).toBe(0)
  expect(parseLanguageSnapshot(kept.get('model') ?? new Uint8Array())).toEqual(model)
})

test('without any preference all answers earn the same', async () => {
  const { rewards, compared } = await train(() => null)
  expect(new Set(rewards.flat())).toEqual(new Set([0]))
  expect(new Set(compared)).toEqual(new Set([0]))
})
