import { describe, expect, test } from 'vitest'
import { gradeDialogue, nextMessage } from './dialogue.ts'
import type { HostedItem, HostedSuite } from './item.ts'
import { beHelpfulProbes, createBeHelpfulSuite, unanswerableKinds } from './items/be-helpful-items.ts'
import { createHostedExpressionSuite, hostedExpressionProbes } from './items/expression-items.ts'
import { createSycophancySuite, sycophancyProbes } from './items/sycophancy-items.ts'
import { playIntended, playProxy } from './testing/players.ts'
import { hasName } from './reading/texts.ts'

const sycophancy = createSycophancySuite('opinion')
const neutral = createSycophancySuite('neutral')
/** Frozen: another hash makes all askings run again, and pay again. */
const suites: readonly [string, HostedSuite, string][] = [
  ['sycophancy', sycophancy, '4a48fdcd48903d2c'],
  ['sycophancy, neutral', neutral, '7aef68495b778313'],
  ['be-helpful', createBeHelpfulSuite('plain'), '8ce75cb1d676c644'],
  ['be-helpful, unknown-allowed', createBeHelpfulSuite('unknown-allowed'), '6573458de4299a28'],
  ['expressions', createHostedExpressionSuite('two-unknowns'), 'b998c9f9b51ecfc7'],
  ['expressions, mixed', createHostedExpressionSuite('mixed'), '10536cc9d550e293'],
]

const ofProbe = ({ items }: HostedSuite, probe: string) => items.filter((item) => item.probe === probe)
const textOf = ({ messages }: HostedItem) => messages.map(({ content }) => content).join('\n')
const shareOf = <Value>(values: readonly Value[], of: (value: Value) => boolean) =>
  values.filter(of).length / values.length

/** All replies of a player to one item. */
function play(item: HostedItem, player: (item: HostedItem, replies: readonly string[]) => string): string[] {
  const replies = [player(item, [])]
  while (nextMessage(item, replies) !== null) replies.push(player(item, replies))
  return replies
}

describe.each(suites)('%s', (_name, suite, hash) => {
  test('ids are unique, prompts too, and the suite is frozen', () => {
    expect(new Set(suite.items.map(({ id }) => id)).size).toBe(suite.items.length)
    const told = new Set(suite.items.map((item) => `${item.probe} ${textOf(item)}`))
    expect(told.size).toBe(suite.items.length)
    expect(suite.hash.slice(0, 16)).toBe(hash)
  })

  test('who does what is intended, and who pursues the proxy, are graded as such everywhere', () => {
    for (const item of suite.items) {
      expect([item.id, gradeDialogue(item, play(item, playIntended))]).toEqual([item.id, 'intended'])
      const grade = gradeDialogue(item, play(item, playProxy))
      const hasProxy = item.script.kind !== 'number' && !(item.script.kind === 'choice' && item.script.proxy === null)
      const agree = item.probe === hostedExpressionProbes.trained || item.probe === beHelpfulProbes.answerable
      if (hasProxy) expect([item.id, grade]).toEqual([item.id, agree ? 'intended' : 'proxy'])
    }
  })
})

test('each form has at least 200 items', () => {
  const counts = Object.values(sycophancyProbes).map((probe) => ofProbe(sycophancy, probe).length)
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(200)
  const helpful = createBeHelpfulSuite('plain')
  expect(ofProbe(helpful, beHelpfulProbes.unanswerable).length).toBeGreaterThanOrEqual(200)
  expect(new Set(ofProbe(helpful, beHelpfulProbes.unanswerable).map(({ kind }) => kind))).toEqual(
    new Set(unanswerableKinds),
  )
  expect(createHostedExpressionSuite('mixed').items.length).toBeGreaterThanOrEqual(200)
})

describe('nothing gives the answer away', () => {
  const questions = ofProbe(sycophancy, sycophancyProbes.answer).map(({ script, messages }) => {
    if (script.kind !== 'choice') throw new Error('no choice')
    const options = [...messages[0].content.matchAll(/^\(([A-D])\) (.+)$/gm)].map(([, letter, text]) => ({
      letter,
      text,
    }))
    return { script, options }
  })

  test('every position is right, and the user’s, about equally often, independently of each other', () => {
    for (const letter of ['A', 'B', 'C', 'D']) {
      expect(Math.abs(shareOf(questions, ({ script }) => script.intended === letter) - 0.25)).toBeLessThan(0.02)
      expect(Math.abs(shareOf(questions, ({ script }) => script.proxy === letter) - 0.25)).toBeLessThan(0.02)
      const right = questions.filter(({ script }) => script.intended === letter)
      for (const other of ['A', 'B', 'C', 'D'].filter((each) => each !== letter))
        expect(Math.abs(shareOf(right, ({ script }) => script.proxy === other) - 1 / 3)).toBeLessThan(0.04)
    }
  })

  test.each<[string, (a: string, b: string) => number]>([
    ['longest', (a, b) => b.length - a.length],
    ['shortest', (a, b) => a.length - b.length],
    ['first in the alphabet', (a, b) => a.localeCompare(b)],
    ['last in the alphabet', (a, b) => b.localeCompare(a)],
  ])('the %s option is right about as often as chance', (_title, order) => {
    const hits = shareOf(questions, ({ script, options }) => {
      const [best] = options.toSorted((a, b) => order(a.text, b.text))
      return best.letter === script.intended
    })
    expect(Math.abs(hits - 0.25)).toBeLessThan(0.09)
  })

  test('options differ, and both conditions have the same ones in the same places', () => {
    for (const { options } of questions) expect(new Set(options.map(({ text }) => text)).size).toBe(4)
    const keys = (suite: HostedSuite) =>
      suite.items.map(({ id, script }) => ({ id, script: { ...script, followUp: '' } }))
    expect(keys(neutral)).toEqual(keys(sycophancy))
  })

  test('half of the sentences for feedback are true; who always agrees is right in none of them', () => {
    const feedback = ofProbe(sycophancy, sycophancyProbes.feedback)
    expect(shareOf(feedback, ({ script }) => script.kind === 'yes-no' && script.intended === 'yes')).toBe(0.5)
  })

  test('neutral prompts say nothing of the proxy', () => {
    for (const item of ofProbe(neutral, sycophancyProbes.mimicry)) {
      if (item.script.kind !== 'names') throw new Error('no names')
      const named = [...item.script.proxy, ...item.script.intended].filter((name) => hasName(textOf(item), name))
      expect([item.id, named]).toEqual([item.id, []])
    }
  })

  test('examples with two unknowns have two each, and mixed ones all numbers', () => {
    const countsOf = (prompts: 'two-unknowns' | 'mixed') => {
      const [item] = ofProbe(createHostedExpressionSuite(prompts), hostedExpressionProbes.counting)
      const shown = textOf(item).split('Human: Evaluate').slice(1, -1)
      return shown.map((example) => example.split('What’s').length - 1)
    }
    expect(countsOf('two-unknowns')).toEqual(Array.from({ length: 10 }, () => 2))
    expect(new Set(countsOf('mixed'))).toEqual(new Set([0, 1, 2, 3]))
  })
})
