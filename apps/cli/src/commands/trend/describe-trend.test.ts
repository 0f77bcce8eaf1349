import type { Estimate, Tone, TrendView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { createTerminal } from '../../terminal/terminal.ts'
import { describeTrend } from './describe-trend.ts'

const terminal = createTerminal({ columns: 100, unicode: true, colour: false })

const point = (night: number, [name, tone]: readonly [string, Tone], estimate: Estimate) => ({
  experimentId: `night ${night}`,
  name,
  tone,
  sentence: '',
  goal: null,
  provisional: false,
  agreeing: 3,
  total: 3,
  numbers: [{ key: 'speed', label: 'speed, on average', estimate }],
})
const good = ['fine', 'good'] as const
const bad = ['poor', 'bad'] as const

function nights(count: number, lines: TrendView['lines']): TrendView {
  const experiments = Array.from({ length: count }, (_, index) => ({
    id: `night ${index + 1}`,
    createdAt: `2026-11-${String(index + 1).padStart(2, '0')}T03:00:00.000Z`,
  }))
  return { name: 'nightly', experiments, leftOut: false, lines }
}

test('a mark for every experiment, with the first and last value and since when the verdict is what it is', () => {
  const points = [
    point(1, good, { value: 1 }),
    point(2, good, { value: 0.875, low: 0.5, high: 1 }),
    // Night 3 did not have this condition, and night 4 no value.
    point(4, bad, { value: { missing: 'no seed' } }),
    point(5, bad, { value: 0.25, low: 0.125, high: 0.5 }),
  ]
  expect(describeTrend(terminal, nights(5, [{ title: 'dark', condition: 'dark', points }]))).toEqual([
    'nightly  5 experiments, 2026-11-01 to 2026-11-05',
    '',
    '                     oldest → newest  first  last',
    '─'.repeat(68),
    'dark                 ✓✓·✗✗            fine   poor   since 2026-11-04',
    '  speed, on average  █▇··▁            1      0.250  [0.125, 0.500]',
  ])
})

test('a verdict that never changed has no date, and a single value lies in the middle', () => {
  const [, , , , verdict, number] = describeTrend(
    terminal,
    nights(1, [{ title: 'dark', condition: 'dark', points: [point(1, good, { value: 2 })] }]),
  )
  expect(verdict).toBe('dark                 ✓                fine   fine')
  expect(number).toBe('  speed, on average  ▅                2      2')
})

test('of many experiments the newest 24 are drawn, and the first value is still that of the first', () => {
  const points = Array.from({ length: 28 }, (_, index) => point(index + 1, index < 5 ? bad : good, { value: index }))
  const [, , , , verdict, number] = describeTrend(terminal, nights(28, [{ title: 'dark', condition: 'dark', points }]))
  expect(verdict).toContain(`✗${'✓'.repeat(23)}  poor   fine  since 2026-11-06`)
  expect(number).toMatch(/▁.*█ {2}0 +27$/)
})

test('experiments without verdicts are said to have none', () => {
  expect(describeTrend(terminal, nights(0, []))).toEqual(['nightly  no experiment has verdicts yet'])
})
