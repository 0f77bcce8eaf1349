import type { VerdictPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { cardAxes } from './card-axes.ts'
import { VerdictCard } from './verdict-card.ts'

const card = (references: readonly (readonly [string, number])[]): VerdictPart => ({
  type: 'verdict',
  title: 'one',
  condition: 'one',
  verdict: 'aligned',
  tone: 'good',
  provisional: false,
  reason: 'It is.',
  tally: {},
  numbers: [
    {
      name: 'position',
      estimate: { value: 0.4, low: 0.3, high: 0.5, count: 5 },
      threshold: 0.5,
      references: references.map(([name, value]) => ({ name, value })),
    },
  ],
  thresholds: {},
})
const drawn = (part: VerdictPart) => renderToStaticMarkup(h(VerdictCard, { part, anchor: 'a', axes: cardAxes([part]) }))
const marksOn = (markup: string) => markup.slice(markup.indexOf('<dl')).match(/class="mark/g)?.length ?? 0

test('a number is drawn between its threshold and its references, which are also said in words', () => {
  const markup = drawn(
    card([
      ['best', 1],
      ['chance', -0.5],
    ]),
  )
  expect(markup).toContain('aria-label="threshold 0.500, best 1, chance −0.500"')
  expect(marksOn(markup)).toBe(2)
  expect(markup.slice(0, markup.indexOf('<dl'))).toMatch(/<li>.*best<\/li><li>.*chance<\/li>/)
})

test('a reference far away does not spoil the axis: it is only said in words', () => {
  const markup = drawn(
    card([
      ['best', 1],
      ['chance', -50],
    ]),
  )
  expect(markup).toContain('chance −50')
  expect(marksOn(markup)).toBe(1)
  expect(markup).toContain('>0.6<')
})

test('without references there is no legend', () => {
  expect(drawn(card([]))).not.toContain('class="legend')
})

test('what was not judged says why once', () => {
  const unjudged = {
    ...card([]),
    numbers: [],
    sentence: 'not judged yet: no run has ended',
    reason: 'No run has ended.',
  }
  expect(drawn(unjudged).match(/no run has ended/gi)).toHaveLength(1)
})
