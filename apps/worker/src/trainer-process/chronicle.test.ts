import { randomUUID } from 'node:crypto'
import type { Assignment } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { openChronicle } from './chronicle.ts'

const assignment: Assignment = {
  taskId: randomUUID(),
  protocol: 'toy',
  key: 'train',
  kind: 'train',
  seed: 7,
  inputs: {},
  resources: { engine: 'tfjs:wasm', threads: 1, device: 'cpu' },
  dependencies: [],
  resume: null,
}

function open(change: Partial<Assignment> = {}) {
  const lines: string[] = []
  let time = 0
  const chronicle = openChronicle({ ...assignment, ...change }, { write: (line) => lines.push(line), now: () => time })
  return { lines, chronicle, at: (seconds: number) => void (time = 1_000 * seconds) }
}

describe('the log of a task that logs nothing', () => {
  it('begins with the start of the task, and ends with its end and duration', () => {
    const { lines, chronicle, at } = open()
    at(90)
    chronicle.ended('finished')
    expect(lines).toEqual(['Started: train, seed 7, on tfjs:wasm with 1 thread', 'Finished after 2 min'])
  })

  it('shows where a task was resumed', () => {
    const { lines } = open({ seed: null, resume: { step: 20_000, parts: [] } })
    expect(lines).toEqual(['Resumed from the checkpoint at 20,000: train, on tfjs:wasm with 1 thread'])
  })

  it('names no engine if none is used', () => {
    const { lines } = open({ kind: 'analyse', seed: null, resources: { engine: 'none', threads: 1, device: 'cpu' } })
    expect(lines).toEqual(['Started: analyse'])
  })

  it('has a line for every stored checkpoint', () => {
    const { lines, chronicle } = open()
    chronicle.stored(0)
    chronicle.stored(25_000)
    expect(lines.slice(1)).toEqual(['Stored the checkpoint at 0', 'Stored the checkpoint at 25,000'])
  })

  it('logs the pace at most once a minute, with any frequency of progress reports', () => {
    const { lines, chronicle, at } = open()
    for (let second = 0; second <= 150; second++) {
      at(second)
      chronicle.progressed({ done: second * 1_000, total: 400_000, unit: 'steps', perSecond: 1_000 })
    }
    expect(lines.slice(1)).toEqual([
      '15 %: 60,000 of 400,000 steps, 1,000 per second, about 6 min left',
      '30 %: 120,000 of 400,000 steps, 1,000 per second, about 5 min left',
    ])
  })
})
