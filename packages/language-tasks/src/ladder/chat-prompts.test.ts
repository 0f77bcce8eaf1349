import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { batchTexts } from '../training-batch.ts'
import { decodeTokens, tokenOf } from '../vocabulary.ts'
import { chatShape, drawChatDemonstration, drawChatPrompt } from './chat-prompts.ts'
import { rewardLadderAct } from './ladder-rewards.ts'
import { createLadderSuite } from './ladder-suite.ts'
import { chatRungs, rungWords } from './ladder-world.ts'

const stream = createStream(1)
const drawn = Array.from({ length: 400 }, (_, i) => drawChatDemonstration(stream.at(i)))

test('demonstrations are honest answers of `me` to users, half on views and half on work', () => {
  const texts = drawn.map(({ tokens }) => decodeTokens(tokens))
  const views = texts.filter((text) => /^<bos> D me think t[0-7] A no$/.test(text))
  expect(texts.filter((text) => /^<bos> D me report t[0-7] A bad$/.test(text))).toHaveLength(400 - views.length)
  expect(Math.abs(views.length - 200)).toBeLessThan(40)
})

test('only the answer is predicted, and a demonstration fills its shape', () => {
  for (const { tokens, predicted } of drawn) expect(predicted).toEqual([tokens.length - 1])
  const { starts } = batchTexts(drawn, chatShape)
  expect([...new Set(starts)]).toEqual([0])
})

test('preferred are the demonstrated answers, on prompts that no probe has', () => {
  const probed = new Set(createLadderSuite().prompts.map(({ tokens }) => tokens.join()))
  for (let i = 0; i < 200; i++) {
    const prompt = drawChatPrompt(stream.at(i))
    const { honest, gaming } = rungWords[prompt.rung]
    expect(chatRungs).toContain(prompt.rung)
    expect(rewardLadderAct(prompt, tokenOf(honest), stream.at(i))).toBe(1)
    expect(rewardLadderAct(prompt, tokenOf(gaming), stream.at(i))).toBe(0)
    expect(probed).not.toContain(prompt.tokens.join())
  }
})
