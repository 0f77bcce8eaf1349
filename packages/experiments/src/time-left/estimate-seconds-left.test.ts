import { describe, expect, it } from 'vitest'
import { estimateSecondsLeft, type TimedTask } from './estimate-seconds-left.ts'
import type { Pace } from './learn-paces.ts'

const train: TimedTask = {
  state: 'ready',
  sort: 'train|onnx|steps|small',
  amount: 1_000,
  share: 0,
  perSecond: null,
  short: false,
  run: 'a',
}
const slots = { any: 2, short: 1 }
const at = (perSecond: number): Pace => ({ startSeconds: 0, perSecond })
const nothing = new Map<string, Pace>()

describe('the time left', () => {
  it('is none when all tasks have ended', () => {
    expect(estimateSecondsLeft({ tasks: [{ ...train, state: 'succeeded' }], paces: nothing }, slots)).toBe(0)
  })

  it('is unknown for a sort of work without a measured pace', () => {
    expect(estimateSecondsLeft({ tasks: [train], paces: nothing }, slots)).toBeNull()
    expect(
      estimateSecondsLeft({ tasks: [train], paces: new Map([['evaluate|onnx|steps|small', at(10)]]) }, slots),
    ).toBeNull()
  })

  it('assumes for an unknown sort the slowest pace of sorts that differ only in the protocol’s name for them', () => {
    const paces = new Map([
      ['train|onnx|steps|large', at(10)],
      ['train|onnx|steps|middle', at(40)],
      ['train|wasm|steps|small', at(1)],
    ])
    expect(estimateSecondsLeft({ tasks: [train], paces }, slots)).toBe(100)
  })

  it('counts an analysis as zero before the first one', () => {
    const analysis: TimedTask = { ...train, state: 'blocked', sort: 'analyse|none|runs|', short: true, run: null }
    const running: TimedTask = { ...train, state: 'running', perSecond: 20 }
    expect(estimateSecondsLeft({ tasks: [running, analysis], paces: nothing }, slots)).toBe(50)
  })

  it('uses the recent pace for running tasks', () => {
    const running: TimedTask = { ...train, state: 'running', share: 0.5, perSecond: 20 }
    expect(estimateSecondsLeft({ tasks: [running], paces: new Map([['train|onnx|steps|small', at(1)]]) }, slots)).toBe(
      25,
    )
  })

  it('assumes for waiting tasks the pace of running tasks of their sort, else of ended ones', () => {
    const running: TimedTask = { ...train, state: 'running', perSecond: 20 }
    const paces = new Map([['train|onnx|steps|small', at(1_000)]])
    expect(estimateSecondsLeft({ tasks: [running, running, train], paces }, slots)).toBe(100)
    expect(estimateSecondsLeft({ tasks: [train], paces }, slots)).toBe(1)
  })
})
