import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import type { LevelEditor } from '../curriculum/level-tools.ts'
import { mutateLevel, type EditKind } from './mutate-level.ts'

/** Levels that record the edits made to them. */
const editorOf = (alpha: number): LevelEditor<string> => ({
  kindOf: () => 'agrees',
  toggleWall: (level) => `${level}w`,
  moveThing: (level) => `${level}m`,
  resample: (level, kind) => `${level}${kind === 'agrees' ? 'a' : 'd'}`,
  alpha,
})

const random = createStream(9).named('edits')
const mutations = (kind: EditKind, alpha = 0.3) =>
  Array.from({ length: 4000 }, (_, i) => mutateLevel(editorOf(alpha), '', { kind, count: 12 }, random.at(i)))
const share = (levels: readonly string[], pattern: RegExp) =>
  levels.filter((level) => pattern.test(level)).length / levels.length

test('identity edits keep the kind: ten toggles, then a move or a toggle, then a toggle', () => {
  const levels = mutations('identity')
  expect(share(levels, /^w{10}[mw]w$/)).toBe(1)
  expect(share(levels, /m/)).toBeCloseTo(0.5, 1)
})

test('constant edits draw the kind once, distinguishing with probability α', () => {
  const levels = mutations('constant')
  expect(share(levels, /^w{10}[mw][ad]$/)).toBe(1)
  expect(share(levels, /d/)).toBeCloseTo(0.3, 1)
})

test('binomial edits draw the kind with probability 1/12 each', () => {
  const levels = mutations('binomial')
  expect(share(levels, /^[wmad]{12}$/)).toBe(1)
  const edits = levels.join('')
  const rate = (symbol: string) => (edits.split(symbol).length - 1) / edits.length
  expect(rate('m')).toBeCloseTo(1 / 12, 2)
  expect(rate('a') + rate('d')).toBeCloseTo(1 / 12, 2)
  expect(rate('d') / (rate('a') + rate('d'))).toBeCloseTo(0.3, 1)
})

test('unrestricted edits distinguish, at every α', () => {
  expect(share(mutations('unrestricted', 0), /^w{10}[mw]d$/)).toBe(1)
})
