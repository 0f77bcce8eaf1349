import { readFileSync } from 'node:fs'
import type { TaskState } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { estimateSecondsLeft, type TimedTask } from './estimate-seconds-left.ts'
import { learnPaces, type DoneTask } from './learn-paces.ts'

type RecordedTask = Pick<TimedTask, 'sort' | 'amount' | 'short' | 'run' | 'perSecond'> & {
  started: number
  ended: number
}
type Sample = { at: number; states: string; running: [index: number, share: number, perSecond: number | null][] }

/** A letter for each task's state; shares and paces of those that run. */
const recorded = JSON.parse(readFileSync(new URL('./recorded-run.json', import.meta.url), 'utf8')) as {
  seconds: number
  tasks: RecordedTask[]
  samples: Sample[]
}
const states: Readonly<Record<string, TaskState>> = {
  b: 'blocked',
  r: 'ready',
  q: 'queued',
  R: 'running',
  s: 'succeeded',
}
const slots = { any: 2, short: 1 }

function tasksAt({ states: letters, running }: Sample): TimedTask[] {
  const live = new Map(running.map(([index, share, perSecond]) => [index, { share, perSecond }]))
  return recorded.tasks.map(({ sort, amount, short, run }, index) => {
    const state = states[letters[index]!]!
    return {
      sort,
      amount,
      short,
      run,
      state,
      ...(live.get(index) ?? { share: Number(state === 'succeeded'), perSecond: null }),
    }
  })
}

const done = (tasks: readonly RecordedTask[]): DoneTask[] =>
  tasks.map((task) => ({ ...task, seconds: task.ended - task.started }))

type Estimate = (sample: Sample) => number | null

/**
 * The largest error after the first tenth, as a share of the time left. Near the end as a share of a fifth of the run:
 * a third of the last seconds cannot be predicted.
 */
function worstError(estimate: Estimate): number {
  const { seconds, samples } = recorded
  const errors = samples.map((sample) => {
    // Every sample is passed in, since some estimates have memory.
    const [guess, left] = [estimate(sample), seconds - sample.at]
    if (sample.at < seconds / 10) return 0
    return guess === null ? Number.POSITIVE_INFINITY : Math.abs(guess - left) / Math.max(left, seconds / 5)
  })
  return Math.max(...errors)
}

/** The previous estimate: from the share of finished work, with fixed weights, over the last minute. */
function createShareEstimate(): Estimate {
  const weights: Readonly<Record<string, number>> = { train: 5, evaluate: 1, analyse: 0.5 }
  let marks: { at: number; share: number }[] = []
  return (sample) => {
    const tasks = tasksAt(sample).map((task) => ({ ...task, weight: weights[task.sort.split('|')[0]!]! }))
    const sum = (of: (task: (typeof tasks)[number]) => number) => tasks.reduce((total, task) => total + of(task), 0)
    const share = sum((task) => task.weight * task.share) / sum((task) => task.weight)
    marks = [...marks.filter(({ at }) => sample.at - at <= 60), { at: sample.at, share }]
    const [first] = marks
    return share <= first!.share ? null : ((1 - share) * (sample.at - first!.at)) / (share - first!.share)
  }
}

describe('the time left of a recorded run on shared cores', () => {
  it('is never off by more than a third after the first tenth, if work of its sorts has been done before', () => {
    // The paces of an earlier run are taken from this one: there is no other from that machine under that load.
    const paces = learnPaces(done(recorded.tasks))
    expect(worstError((sample) => estimateSecondsLeft({ tasks: tasksAt(sample), paces }, slots))).toBeLessThan(1 / 3)
  })

  it('is never off by more than a half if nothing like it was done before', () => {
    const estimate: Estimate = (sample) => {
      const paces = learnPaces(done(recorded.tasks.filter(({ ended }) => ended <= sample.at)))
      return estimateSecondsLeft({ tasks: tasksAt(sample), paces }, slots)
    }
    expect(worstError(estimate)).toBeLessThan(1 / 2)
  })

  it('was off by more than a third when it was estimated from the share of all tasks', () => {
    expect(worstError(createShareEstimate())).toBeGreaterThan(1 / 3)
  })
})
