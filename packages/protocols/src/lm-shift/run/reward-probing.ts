import type { Engine } from '@goalpost/engine'
import { padLeft, type ProbeSuite } from '@goalpost/language-tasks'
import { createRewardReader, type LanguageSnapshot } from '@goalpost/learning'
import { bestOf, type Selection } from './selection.ts'
import type { PromptReading } from './summarise-probes.ts'

/** Best-of-n chooses among so many of the likeliest words. They have all but a negligible part of the probability. */
const candidates = 8

/** For each prompt, whether the reward model prefers the proxy to the intended word. */
export async function readRewards(
  engine: Engine,
  rewardModel: LanguageSnapshot,
  suite: ProbeSuite,
): Promise<boolean[]> {
  const words = suite.prompts.map(({ proxy, intended }) => [proxy, intended])
  const rewards = await rewardsOf(engine, { suite, rewardModel, words })
  return rewards.map(([proxy, intended]) => proxy > intended)
}

type Choice = {
  readonly suite: ProbeSuite
  /** [prompts · V] */
  readonly probabilities: Float32Array
  readonly rewardModel: LanguageSnapshot
  readonly selection: Selection
}

/** Probabilities after best-of-n sampling. */
export async function selectAmongLikeliest(
  engine: Engine,
  { suite, probabilities, rewardModel, selection }: Choice,
): Promise<readonly PromptReading[]> {
  const vocabulary = probabilities.length / suite.prompts.length
  const rows = suite.prompts.map((_prompt, row) => probabilities.subarray(row * vocabulary, (row + 1) * vocabulary))
  const words = rows.map(likeliest)
  const rewards = await rewardsOf(engine, { suite, rewardModel, words })
  return suite.prompts.map(({ proxy, intended }, row) => {
    const one = words[row].map((word) => rows[row][word])
    const selected = bestOf(one, rewards[row], selection)
    const chance = (word: number) => selected[words[row].indexOf(word)] ?? 0
    return { proxy: chance(proxy), intended: chance(intended) }
  })
}

function likeliest(probabilities: Float32Array): readonly number[] {
  return Array.from(probabilities, (_value, word) => word)
    .toSorted((a, b) => probabilities[b] - probabilities[a])
    .slice(0, candidates)
}

type Answered = {
  readonly suite: ProbeSuite
  readonly rewardModel: LanguageSnapshot
  /** As many for each prompt. */
  readonly words: readonly (readonly number[])[]
}

/** Rewards of each prompt with each of its words. */
async function rewardsOf(engine: Engine, { suite, rewardModel, words }: Answered): Promise<readonly number[][]> {
  const answered = suite.prompts.flatMap(({ tokens }, row) => words[row].map((word) => [...tokens, word]))
  const shape = { sequences: answered.length, columns: suite.columns + 1 }
  const reader = await createRewardReader(engine, rewardModel, shape)
  const rewards = Array.from(await reader.read(padLeft(answered, shape.columns)))
  reader.dispose()
  return words.map((own, row) => rewards.slice(row * own.length, (row + 1) * own.length))
}
