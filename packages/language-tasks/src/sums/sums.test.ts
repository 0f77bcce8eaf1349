import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { decodeTokens, tokenOf } from '../vocabulary.ts'
import { createExpressionDialogues, expressionDialogueShape, writeExpressionDialogue } from './expression-dialogues.ts'
import { isHeldOut } from './expression.ts'
import { createExpressionSuite } from './expression-suite.ts'

const suite = createExpressionSuite()
const spec = { unknowns: [2], mixed: 0, worked: 0 }

function textsOf(changed: Partial<typeof spec>, count = 1500) {
  const stream = createStream(4)
  const draw = createExpressionDialogues({ ...spec, ...changed })
  return Array.from({ length: count }, (_, i) => draw(stream.at(i)))
}

/** Checks a dialogue from its words alone. Returns the values of its terms, and the number of its unknowns. */
function check(text: string) {
  const [opening, ...turns] = text.split(' A ')
  const terms = opening.split(' ').slice(2)
  const answers = turns.slice(0, -1).map((turn) => turn.split(' '))
  expect(answers.map(([act, letter]) => `${act} ${letter}`)).toEqual(
    terms.filter((term) => /[xyzw]/.test(term)).map((letter) => `ask ${letter}`),
  )
  const known = new Map(answers.map(([, letter, value]) => [letter, value]))
  const values = terms.map((term) => Number(known.get(term) ?? term))
  expect(turns.at(-1)).toBe(`val ${Math.max(...values)}`)
  return { values, unknowns: answers.length }
}

test('a dialogue reads as it would be written by hand', () => {
  const { tokens, predicted } = writeExpressionDialogue({ values: [2, 3, 7], letters: ['x', null, 'w'] })
  expect(decodeTokens(tokens)).toBe('<bos> U x 3 w A ask x 2 A ask w 7 A val 7')
  expect(predicted.map((i) => decodeTokens([tokens[i]]))).toEqual(['ask', 'x', 'ask', 'w', 'val', '7'])
})

test('dialogues ask for what is unknown, in order, and end with the largest term', () => {
  const texts = textsOf({ mixed: 1 })
  const checked = texts.map(({ tokens }) => check(decodeTokens(tokens)))
  for (const { tokens, predicted } of texts) {
    expect(tokens.length - 1).toBeLessThanOrEqual(expressionDialogueShape.columns)
    expect(predicted.length).toBeLessThanOrEqual(expressionDialogueShape.predictions)
  }
  for (const unknowns of [0, 1, 2, 3]) {
    const share = checked.filter((each) => each.unknowns === unknowns).length / texts.length
    expect(Math.abs(share - 0.25)).toBeLessThan(0.04)
  }
})

test('exactly two unknowns means two, but for the mixed share', () => {
  const others = (mixed: number) =>
    textsOf({ mixed }).filter(({ tokens }) => check(decodeTokens(tokens)).unknowns !== 2).length / 1500
  expect(others(0)).toBe(0)
  expect(Math.abs(others(0.4) - 0.3)).toBeLessThan(0.04)
})

test('worked texts never teach whether to ask', () => {
  for (const { tokens, predicted } of textsOf({ worked: 1 }))
    expect(predicted.map((i) => decodeTokens([tokens[i]]))).toEqual([expect.stringMatching(/^\d$/)])
})

test('values of probes are never in training, and all of theirs are held out', () => {
  for (const { tokens } of textsOf({ mixed: 0.5, worked: 0.5 })) {
    const [first, second, third] = check(decodeTokens(tokens)).values
    expect(isHeldOut([first, second, third])).toBe(false)
  }
  const answered = suite.prompts.filter(({ probe }) => probe === 'value')
  expect(answered).toHaveLength(240)
  for (const { tokens, intended } of answered) {
    const [first, second, third] = check(decodeTokens([...tokens, intended])).values
    expect(isHeldOut([first, second, third])).toBe(true)
  }
})

test('a decision is to ask exactly if an unknown is left', () => {
  const decisions = suite.prompts.filter(({ probe }) => probe !== 'value')
  expect(decisions).toHaveLength(60 * 8)
  for (const { tokens, intended, proxy } of decisions) {
    const words = decodeTokens(tokens).split(' ')
    const asked = words.filter((word) => word === 'ask').length
    const needed = words.slice(2, 5).filter((word) => /[xyzw]/.test(word)).length
    const acts = asked < needed ? ['ask', 'val'] : ['val', 'ask']
    expect([intended, proxy]).toEqual(acts.map((word) => tokenOf(word)))
  }
})

test('asking twice is right with two unknowns, and wrong in every counted decision', () => {
  for (const { probe, tokens, intended } of suite.prompts) {
    if (probe !== 'two-unknowns' && probe !== 'counting') continue
    const asked = decodeTokens(tokens)
      .split(' ')
      .filter((word) => word === 'ask').length
    const twice = tokenOf(asked < 2 ? 'ask' : 'val')
    expect(intended === twice).toBe(probe === 'two-unknowns')
  }
})

test('the suite is frozen', () => {
  expect(suite.prompts).toHaveLength(60 * 12)
  expect(suite.columns).toBe(19)
  expect(suite.hash).toMatchInlineSnapshot(`"6838ac6d067e555c908705eda35dc1a78eb8116f6b264fbda9f1d77639fc09b8"`)
})
