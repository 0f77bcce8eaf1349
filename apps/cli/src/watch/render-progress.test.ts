import { expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { displayWidth } from '../terminal/text.ts'
import type { ExperimentProgress, RunPhase, RunProgress } from './progress.ts'
import { progressLine, renderProgress } from './render-progress.ts'

const terminal = createTerminal({ columns: 100, unicode: true, colour: false })

function runOf(condition: string, seed: number, phase: RunPhase, share: number): RunProgress {
  const progress = { done: share * 512_000, total: 512_000, unit: 'steps', perSecond: 48_200 }
  return { condition, seed, phase, share, current: phase === 'working' ? { key: 'first', progress } : null }
}

const progress: ExperimentProgress = {
  name: 'two arms',
  state: 'running',
  share: 0.4625,
  runs: [
    runOf('plain', 0, 'succeeded', 1),
    runOf('plain', 1, 'working', 0.6),
    runOf('mixed', 0, 'working', 0.25),
    runOf('mixed', 1, 'waiting', 0),
  ],
  shared: [],
  reused: 2,
  tasks: 20,
  notices: [],
  troubled: null,
}

test('every condition has a bar, and its running runs show their task, pace and time left', () => {
  expect(renderProgress(terminal, progress, { secondsLeft: 83, rows: 24 })).toEqual([
    'two arms  4 runs',
    '━━━━━━━━━━━━━━────────────────  46 %  about 1 min 23 s left · 1 done · 2 running · 1 waiting · 2 of…',
    '',
    '▶ plain  ━━━━━━━━━━━━━───  80 %  1 done · 1 running',
    '    seed 1  first · 307k of 512k steps, 48.2k/s, 4 s left',
    '▶ mixed  ━━──────────────  12 %  1 running · 1 waiting',
    '    seed 0  first · 128k of 512k steps, 48.2k/s, 8 s left',
  ])
})

test('runs that wait for evaluation or for a shared task are not shown as running', () => {
  const runs = [runOf('plain', 0, 'trained', 0.7), runOf('plain', 1, 'shared', 0), runOf('plain', 2, 'shared', 0)]
  const lines = renderProgress(terminal, { ...progress, runs }, { secondsLeft: null, rows: 24 })
  expect(lines.at(-1)).toMatch(/1 trained, awaiting evaluation · 2 waiting for shared tasks$/)
  expect(lines.join()).not.toContain('running')
})

test.each([10, 24])('on a screen of %i rows at most one line less is drawn, running runs first', (rows) => {
  const many = {
    ...progress,
    notices: ['waiting for something'],
    troubled: { tasks: 2, attempts: 7 },
    runs: Array.from({ length: 80 }, (_, index) =>
      runOf(`arm=${Math.floor(index / 2)}`, index % 2, index % 26 === 10 ? 'working' : 'waiting', 0.5),
    ),
  }
  const lines = renderProgress(terminal, many, { secondsLeft: null, rows })
  expect(lines.length).toBeLessThan(rows)
  expect(lines.filter((line) => line.startsWith('▶')).map((line) => /arm=(\d+)/.exec(line)?.[1])).toEqual([
    '5',
    '18',
    '31',
  ])
  expect(lines.join('\n')).toMatch(/and \d+ more conditions/)
})

test('a pipe gets one line', () => {
  expect(progressLine(terminal, progress, 83)).toBe(
    '46 %  about 1 min 23 s left · 1 done · 2 running · 1 waiting · 2 of 20 tasks reused; plain seed 1: first 307k of 512k steps, 48.2k/s, 4 s left',
  )
})

test('tasks that fail repeatedly are reported', () => {
  const lines = renderProgress(
    terminal,
    { ...progress, troubled: { tasks: 2, attempts: 7 } },
    { secondsLeft: null, rows: 24 },
  )
  expect(lines.at(-1)).toBe('! 2 tasks failed and will be retried (up to 7 attempts so far); see goalpost logs last')
})

test('the reason why an experiment waits is shown with its progress, and fits', () => {
  const notices = ['waiting for a worker with onnx:cuda on a GPU; none is running']
  const waiting = { ...progress, notices }
  expect(renderProgress(terminal, waiting, { secondsLeft: null, rows: 24 }).at(-1)).toBe(`! ${notices[0]}`)
  expect(progressLine(terminal, waiting, null)).toMatch(
    /; waiting for a worker with onnx:cuda on a GPU; none is running$/,
  )
})

test('names that are far too long never break a line', () => {
  const long = { ...progress, name: 'n'.repeat(300), runs: [runOf('c'.repeat(80), 4_294_967_295, 'working', 0.5)] }
  for (const columns of [44, 80, 100]) {
    const lines = renderProgress({ ...terminal, columns }, long, { secondsLeft: 1e6, rows: 24 })
    expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([])
  }
})

test('conditions of a grid are distinct on a narrow screen, and a key explains the omissions', () => {
  const names = [0.01, 0.05].flatMap((entropy) =>
    [100, 200].map((levels) => `entropyCoefficient=${entropy},levels=${levels},environment=somewhere`),
  )
  const runs = names.map((name) => runOf(name, 0, 'waiting', 0))
  const lines = renderProgress({ ...terminal, columns: 60 }, { ...progress, runs }, { secondsLeft: null, rows: 24 })
  expect(lines.slice(3, 6)).toEqual([
    'all: environment=somewhere',
    '○ en…nt=0.01,le…ls=100  ────────────────   0 %  1 waiting',
    '○ en…nt=0.01,le…ls=200  ────────────────   0 %  1 waiting',
  ])
})
