import type { VerdictPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { axisLegend, drawInterval, intervalRange, referenceLetters } from './interval-axis.ts'

const terminal = createTerminal({ columns: 100, unicode: true, colour: false })

function card(...references: readonly (readonly [string, number])[]): VerdictPart {
  const number = {
    name: 'position',
    estimate: { value: 0.2, low: 0.12, high: 0.28 },
    threshold: 0.5,
    references: references.map(([name, value]) => ({ name, value })),
  }
  const words = { title: 'one', condition: 'one', verdict: 'aligned', reason: '' }
  return { type: 'verdict', ...words, tone: 'good', provisional: false, tally: {}, numbers: [number], thresholds: {} }
}

function lookOf(part: VerdictPart) {
  const range = intervalRange([part])
  if (range === null) throw new Error('nothing to draw')
  return { range, letters: referenceLetters(part) }
}

const draw = (part: VerdictPart) => drawInterval(terminal, part.numbers[0]!, lookOf(part))
const legend = (part: VerdictPart) => axisLegend(terminal, part, lookOf(part))

test('a number is drawn with its threshold and its references', () => {
  const part = card(['true-oracle', 1], ['random', 0.8])
  expect(draw(part)).toBe('┊  ├─●─┤     │      r    t')
  expect(legend(part)).toBe('│ threshold · t true-oracle · r random')
})

test('references in one place are a star; equal first letters become digits', () => {
  const part = card(['best', 1], ['blind', 1], ['chance', 0.8])
  expect(draw(part)).toBe('┊  ├─●─┤     │      c    *')
  expect(legend(part)).toBe('│ threshold · 1 best · 2 blind · c chance · * several of them')
})

test('a reference far away is left out', () => {
  expect(draw(card(['best', 1], ['random', -30]))).toBe('┊  ├─●─┤     │           b')
})
