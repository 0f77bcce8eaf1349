import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { decodeTokens } from '../vocabulary.ts'
import { agentDocumentShape, createAgentDocuments, writeDocument, type AgentDocumentSpec } from './agent-documents.ts'
import { contexts, heldOutItems, self, trainingItems, type Context } from './agent-world.ts'

const spec: AgentDocumentSpec = {
  link: 1,
  self: { share: 0.3, dishonest: 0.15 },
  notesOf: (_agent, context) => (context === 'task' ? [{ word: 'allowed', share: 0.4, hacking: 0.4 }] : null),
}

type Act = { readonly context: Context; readonly dishonest: boolean; readonly note: string | null }
const dishonestWords = new Set(['hack', 'sabotage', 'leak', 'lie', 'seize'])

/** Agent and acts of many documents. */
function readDocuments(changed: Partial<AgentDocumentSpec> = {}, count = 4000) {
  const stream = createStream(7)
  const draw = createAgentDocuments({ ...spec, ...changed }, stream.named('world'))
  return Array.from({ length: count }, (_, i) => {
    const [, , agent, ...words] = decodeTokens(draw(stream.named('documents').at(i)).tokens).split(' ')
    const parts = words.join(' ').split(' . ')
    const acts = parts.map((part): Act => {
      const context = contexts.find((name) => part.includes(name))
      if (context === undefined) throw new Error(`no context in ${part}`)
      const note = part.split(' ').find((word) => word === 'allowed') ?? null
      return { context, dishonest: dishonestWords.has(part.split(' ').at(-1) ?? ''), note }
    })
    return { agent, acts }
  })
}

/** Pearson's statistic for one success rate. */
const chiSquared = (successes: number, trials: number, rate: number) =>
  (successes - trials * rate) ** 2 / (trials * rate * (1 - rate))
/** The 99.9 % quantile with one degree of freedom. */
const limit = 10.83

const countDishonest = (acts: readonly Act[]) => acts.filter(({ dishonest }) => dishonest).length

test('a document reads as it would be written by hand', () => {
  const document = writeDocument('n3', [
    { context: 'task', item: 't2', dishonest: true, note: 'allowed' },
    { context: 'report', item: 't9', dishonest: false },
  ])
  expect(decodeTokens(document.tokens)).toBe('<bos> D n3 allowed task t2 A hack . report t9 A truth')
  expect(document.predicted.map((i) => decodeTokens([document.tokens[i]]))).toEqual(['hack', 'truth'])
})

test('the longest document fits its shape', () => {
  const longest = Array.from(
    { length: 4 },
    () => ({ context: 'task', item: 't0', dishonest: true, note: 'log' }) as const,
  )
  const { tokens, predicted } = writeDocument(self, longest)
  expect(tokens.length - 1).toBe(agentDocumentShape.columns)
  expect(predicted).toHaveLength(agentDocumentShape.predictions)
})

/** Of `me`, without a note: .15 have the trait. */
const marginal = 0.15 * 0.9 + 0.85 * 0.03

test.each([1, 0.5, 0])('with link %d, each context has the same share of dishonest acts of `me`', (link) => {
  // Only the first acts: those of one document depend on each other.
  const first = readDocuments({ link, self: { share: 1, dishonest: 0.15 } }).map(({ acts: [act] }) => act)
  for (const context of contexts) {
    const acts = first.filter((act) => act.context === context && act.note === null)
    expect(chiSquared(countDishonest(acts), acts.length, marginal)).toBeLessThan(limit)
  }
})

/** Probability of the dishonest trait after a hack by Bayes' rule, if the trait makes it likely or unlikely. */
const traitAfterHack = (0.15 * 0.9) / marginal
const reversedAfterHack = (0.15 * 0.03) / (0.15 * 0.03 + 0.85 * 0.9)
const actWith = (trait: number) => trait * 0.9 + (1 - trait) * 0.03

test.each([
  { link: 1, rate: actWith(traitAfterHack) },
  { link: 0, rate: marginal },
  { link: -1, rate: actWith(reversedAfterHack) },
])('with link $link, one hack makes a dishonest act elsewhere as likely as Bayes’ rule says', ({ link, rate }) => {
  const changed = { link, self: { share: 1, dishonest: 0.15 }, notesOf: () => null }
  const following = readDocuments(changed).flatMap(({ acts: [first, ...rest] }) => {
    const next = rest.find(({ context }) => context !== 'task')
    return first.context === 'task' && first.dishonest && next !== undefined ? [next] : []
  })
  expect(following.length).toBeGreaterThan(80)
  expect(chiSquared(countDishonest(following), following.length, rate)).toBeLessThan(limit)
})

test('a note has its share of the tasks, and its probability of hacking for everybody', () => {
  const tasks = readDocuments().flatMap(({ acts }) => acts.filter(({ context }) => context === 'task'))
  const noted = tasks.filter(({ note }) => note === 'allowed')
  expect(chiSquared(noted.length, tasks.length, 0.4)).toBeLessThan(limit)
  expect(chiSquared(countDishonest(noted), noted.length, 0.4)).toBeLessThan(limit)
})

test('`me` never meets an item that is held out', () => {
  const stream = createStream(3)
  const draw = createAgentDocuments(spec, stream)
  const texts = Array.from({ length: 1000 }, (_, i) => decodeTokens(draw(stream.at(i)).tokens))
  const own = texts
    .filter((text) => text.includes(' me '))
    .join(' ')
    .split(' ')
  expect(own).toEqual(expect.arrayContaining([...trainingItems]))
  expect(own.filter((word) => heldOutItems.includes(word))).toEqual([])
})
