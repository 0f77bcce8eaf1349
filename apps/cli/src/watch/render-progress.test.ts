import { expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { displayWidth } from '../terminal/text.ts'
import type { ExperimentProgress, RunProgress } from './progress.ts'
import { progressLine, renderProgress } from './render-progress.ts'

const terminal = createTerminal({ columns: 100, unicode: true, colour: false })

function runOf(condition: string, seed: number, state: RunProgress['state'], share: number): RunProgress {
  const progress = { done: share * 512_000, total: 512_000, unit: 'steps', perSecond: 48_200 }
  return { condition, seed, state, share, current: state === 'running' ? { key: 'first', progress } : null }
}

const progress: ExperimentProgress = {
  name: 'two arms',
  state: 'running',
  share: 0.4625,
  runs: [
    runOf('plain', 0, 'succeeded', 1),
    runOf('plain', 1, 'running', 0.6),
    runOf('mixed', 0, 'running', 0.25),
    runOf('mixed', 1, 'waiting', 0),
  ],
  shared: [],
  reused: 2,
  tasks: 20,
  notices: [],
  troubled: null,
}

test('every run has a bar, what it does, how fast and how long still', () => {
  expect(renderProgress(terminal, progress, { secondsLeft: 83, rows: 24 })).toEqual([
    'two arms  4 runs',
    '━━━━━━━━━━━━━━────────────────  46 %  1 done · 2 running · 1 waiting · 2 of 20 tasks reused · about 1 min 23 s left',
    '',
    '✓ plain seed 0  succeeded',
    '▶ plain seed 1  ━━━━━━━━━╸──────  60 %  first · 307k of 512k steps, 48.2k/s, 4 s left',
    '▶ mixed seed 0  ━━━━────────────  25 %  first · 128k of 512k steps, 48.2k/s, 8 s left',
    '○ mixed seed 1  waiting',
  ])
})

test('where not all runs fit, those at work are shown in their order', () => {
  const many = {
    ...progress,
    runs: Array.from({ length: 40 }, (_, seed) => runOf('arm', seed, seed % 13 === 5 ? 'running' : 'waiting', 0.5)),
  }
  const lines = renderProgress(terminal, many, { secondsLeft: null, rows: 10 })
  expect(lines.length).toBeLessThan(10)
  expect(lines.filter((line) => line.startsWith('▶')).map((line) => /seed (\d+)/.exec(line)?.[1])).toEqual([
    '5',
    '18',
    '31',
  ])
  expect(lines.at(-1)).toBe('  and 36 more')
})

test('a pipe gets one line', () => {
  expect(progressLine(terminal, progress, 83)).toBe(
    '46 %  1 done · 2 running · 1 waiting · 2 of 20 tasks reused · about 1 min 23 s left; plain seed 1: first 307k of 512k steps, 48.2k/s, 4 s left',
  )
})

test('tasks that fail again and again are not passed over in silence', () => {
  const lines = renderProgress(
    terminal,
    { ...progress, troubled: { tasks: 2, attempts: 7 } },
    { secondsLeft: null, rows: 24 },
  )
  expect(lines.at(-1)).toBe(
    '! 2 tasks failed and will be tried again (up to 7 attempts so far); see goalpost logs last',
  )
})

test('what an experiment waits for is shown with its progress, and fits', () => {
  const notices = ['waiting for a worker with onnx:cuda on a GPU; none is running']
  const waiting = { ...progress, notices }
  expect(renderProgress(terminal, waiting, { secondsLeft: null, rows: 24 }).at(-1)).toBe(`! ${notices[0]}`)
  expect(progressLine(terminal, waiting, null)).toMatch(
    /; waiting for a worker with onnx:cuda on a GPU; none is running$/,
  )
})

test('names that are far too long never break a line', () => {
  const long = { ...progress, name: 'n'.repeat(300), runs: [runOf('c'.repeat(80), 4_294_967_295, 'running', 0.5)] }
  const lines = renderProgress(terminal, long, { secondsLeft: null, rows: 24 })
  expect(lines.filter((line) => displayWidth(line) > 100)).toEqual([])
})

test('runs of a condition with a long name are told apart by their seeds', () => {
  const runs = [0, 1].map((seed) => runOf('dof=1.5,distribution=student-t', seed, 'waiting', 0))
  const lines = renderProgress(terminal, { ...progress, runs }, { secondsLeft: null, rows: 24 })
  expect(lines.slice(-2)).toEqual([
    '○ dof=1.5,distribution… seed 0  waiting',
    '○ dof=1.5,distribution… seed 1  waiting',
  ])
})
