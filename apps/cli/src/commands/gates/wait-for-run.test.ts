import { GoalpostError, type GateRunView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import type { Context } from '../../context.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { waitForRun } from './wait-for-run.ts'

const running = { gate: 'corner', version: 12, units: 0, state: 'running', outcome: null } as GateRunView
const stage = (units: number): GateRunView => ({ ...running, units })
const ended: GateRunView = { ...stage(1_280), state: 'ended', outcome: 'fail' }

type Watch = ServiceApi['watchGateRun']

function start(watchGateRun: Watch) {
  const notes: string[] = []
  const interruption = new AbortController()
  let nowMs = 0
  const context = { interrupted: interruption.signal, now: () => nowMs, note: (text: string) => void notes.push(text) }
  const wait = (run: GateRunView, timeoutMs: number | null = null) =>
    waitForRun(context as unknown as Context, { watchGateRun }, { run, timeoutMs })
  return { wait, notes, interrupt: () => interruption.abort(), pass: (ms: number) => void (nowMs += ms) }
}

/** Ends when the wait does, as a stream of the service. */
const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    if (signal?.aborted) resolve()
    else signal?.addEventListener('abort', () => resolve())
  })

test('every stage is reported once, and the run is returned as it ended', async () => {
  const { wait, notes } = start(async function* () {
    yield* [stage(64), stage(64), stage(1_280), ended]
  })
  expect(await wait(running)).toEqual(ended)
  expect(notes).toEqual(['corner: version 12 on 64 units', 'corner: version 12 on 1,280 units'])
})

test('a run that has ended is not watched', async () => {
  const { wait } = start(async function* () {
    yield await Promise.reject<GateRunView>(new Error('watched'))
  })
  expect(await wait(ended)).toEqual(ended)
})

test.each(['interruption', 'timeout'])('an %s returns the run as it was seen last', async (reason) => {
  const { wait, interrupt } = start(async function* (_run, { signal } = {}) {
    yield stage(64)
    if (reason === 'interruption') interrupt()
    await untilAborted(signal)
  })
  expect(await wait(running, reason === 'timeout' ? 20 : null)).toEqual(stage(64))
})

test('waits through an outage of a minute and gives up after a longer one; every answer resets the limit', async () => {
  const outages: number[] = []
  const down = new GoalpostError('unavailable', 'no connection')
  const { wait, pass } = start(async function* (_run, { onReconnect } = {}) {
    for (const ms of outages) {
      onReconnect?.(down, 0)
      pass(ms)
      onReconnect?.(down, 0)
      yield stage(64)
    }
    yield ended
  })
  outages.push(59_000, 59_000)
  expect(await wait(running)).toEqual(ended)
  outages.push(61_000)
  await expect(wait(running)).rejects.toBe(down)
})
