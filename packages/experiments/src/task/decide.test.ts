import { errorTable, type ErrorCode, type TaskState } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { taskStates } from '../state.ts'
import { decide } from './decide.ts'
import { declineDelayMs, retryBudget, retryDelayMs, type TaskCommand, type TaskLifecycle } from './lifecycle.ts'

const now = new Date('2030-01-01T00:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)

const idle: Omit<TaskLifecycle, 'state'> = {
  epoch: 4,
  worker: null,
  leaseUntil: null,
  cancelRequested: false,
  held: false,
  preemptRequested: false,
  experimentFailures: 1,
  infrastructureFailures: 2,
  dispatchCount: 5,
  notBefore: null,
  failure: null,
}

function taskIn(state: TaskState, change: Partial<TaskLifecycle> = {}): TaskLifecycle {
  const lease = state === 'running' ? { worker: 'w', leaseUntil: after(1_000) } : {}
  return { ...idle, state, ...lease, ...change }
}

const failure = { code: 'task-failed', message: 'It did not work' } as const

const commands: Record<TaskCommand['type'], TaskCommand> = {
  unblock: { type: 'unblock' },
  abandon: { type: 'abandon', message: 'no hope' },
  dispatch: { type: 'dispatch' },
  requeue: { type: 'requeue', dispatchCount: 5 },
  decline: { type: 'decline', epoch: 4 },
  claim: { type: 'claim', epoch: 4, worker: 'w', leaseMs: 1_000 },
  renew: { type: 'renew', epoch: 4, leaseMs: 5_000 },
  record: { type: 'record', epoch: 4 },
  advance: { type: 'advance', epoch: 4 },
  complete: { type: 'complete', epoch: 4 },
  fail: { type: 'fail', epoch: 4, failure },
  release: { type: 'release', epoch: 4, reason: 'shutdown' },
  expire: { type: 'expire' },
  cancel: { type: 'cancel' },
  hold: { type: 'hold' },
  unhold: { type: 'unhold' },
  preempt: { type: 'preempt' },
  retry: { type: 'retry' },
  block: { type: 'block' },
  invalidate: { type: 'invalidate' },
}

/** State after the command, or why not: `!` conflict, `~` stale epoch, `lease` still held. */
const table = `
             blocked     ready       queued      running     succeeded   failed      cancelled
unblock      ready       !           !           !           !           !           !
abandon      failed      !           !           !           !           !           !
dispatch     !           queued      !           !           !           !           !
requeue      !           !           ready       !           !           !           !
decline      !           !           ready       !           !           !           !
claim        !           running     running     !           !           !           !
renew        ~           ~           ~           running     ~           ~           ~
record       ~           ~           ~           running     ~           ~           ~
advance      ~           ~           ~           running     ~           ~           ~
complete     ~           ~           ~           succeeded   ~           ~           ~
fail         ~           ~           ~           ready       ~           ~           ~
release      ~           ~           ~           ready       ~           ~           ~
expire       !           !           !           lease       !           !           !
cancel       cancelled   cancelled   cancelled   running     !           !           !
hold         blocked     blocked     blocked     running     succeeded   failed      cancelled
unhold       blocked     ready       queued      running     succeeded   failed      cancelled
preempt      !           !           !           running     !           !           !
retry        !           !           !           !           !           blocked     blocked
block        !           blocked     blocked     blocked     !           !           !
invalidate   !           blocked     blocked     blocked     blocked     blocked     blocked`

const refusals: Record<string, string> = { 'state-conflict': '!', 'stale-epoch': '~', 'lease-held': 'lease' }

describe('every command in every state', () => {
  const [head = '', ...rows] = table.trim().split('\n')
  const states = head.trim().split(/\s+/) as TaskState[]
  const cases = rows.flatMap((row) => {
    const [type, ...outcomes] = row.trim().split(/\s+/)
    return states.map((state, index) => [type as TaskCommand['type'], state, outcomes[index] ?? ''] as const)
  })

  it('is in the table', () => {
    expect(states).toEqual([...taskStates])
    expect(new Set(cases.map(([type]) => type))).toEqual(new Set(Object.keys(commands)))
  })

  it.each(cases)('%s of a %s task: %s', (type, state, expected) => {
    const decision = decide(taskIn(state), commands[type], now)
    expect(decision.ok ? decision.next.state : refusals[decision.code]).toBe(expected)
  })

  it.each(cases)('%s of a %s task leaves a lease exactly where the task runs', (type, state) => {
    const decision = decide(taskIn(state), commands[type], now)
    const { next } = decision.ok ? decision : { next: taskIn(state) }
    expect(next.leaseUntil !== null && next.worker !== null).toBe(next.state === 'running')
    expect(next.cancelRequested && next.state !== 'running').toBe(false)
  })
})

describe('a task on a worker that cannot run it', () => {
  it('goes back to wait briefly, with no attempt or failure counted', () => {
    const queued = taskIn('queued')
    expect(decide(queued, commands.decline, now)).toEqual({
      ok: true,
      next: { ...queued, state: 'ready', notBefore: after(declineDelayMs) },
      effects: [],
    })
  })

  it('does not change if another attempt has claimed it since', () => {
    expect(decide(taskIn('queued', { epoch: 5 }), commands.decline, now)).toEqual({ ok: false, code: 'stale-epoch' })
  })
})

describe('a held task', () => {
  const held = (state: TaskState, change: Partial<TaskLifecycle> = {}) => taskIn(state, { ...change, held: true })

  it('stays blocked until it is no longer held', () => {
    const blocked = decide(taskIn('ready'), commands.hold, now)
    expect(blocked).toMatchObject({ next: { state: 'blocked', held: true } })
    expect(decide(held('blocked'), commands.unblock, now)).toEqual({ ok: false, code: 'state-conflict' })
    expect(decide(held('blocked'), commands.unhold, now)).toMatchObject({ next: { state: 'blocked', held: false } })
  })

  it.each([
    ['is released', commands.release],
    ['fails and may be tried again', commands.fail],
    ['is lost with its worker', { type: 'expire' }],
  ] as const)('is blocked, not ready, when its attempt %s', (_, command) => {
    const running = held('running', { experimentFailures: 0, leaseUntil: after(0) })
    expect(decide(running, command, now)).toMatchObject({ next: { state: 'blocked', held: true, worker: null } })
  })

  it('keeps its budgets and its place, and can be cancelled', () => {
    const { next } = decide(held('running'), commands.release, now) as { next: TaskLifecycle }
    expect(next).toMatchObject({ experimentFailures: 1, infrastructureFailures: 2 })
    expect(decide(next, commands.cancel, now)).toMatchObject({ next: { state: 'cancelled' } })
  })
})

describe('the fence', () => {
  const fenced = ['renew', 'record', 'advance', 'complete', 'fail', 'release'] as const
  it.each(
    fenced.flatMap(
      (type) =>
        [
          [type, 3],
          [type, 5],
        ] as const,
    ),
  )('refuses to %s under epoch %i of a task that runs under 4', (type, epoch) => {
    expect(decide(taskIn('running'), { ...commands[type], epoch } as TaskCommand, now)).toEqual({
      ok: false,
      code: 'stale-epoch',
    })
  })

  it('refuses a claim of an earlier epoch', () => {
    expect(decide(taskIn('ready'), { ...commands.claim, epoch: 3 } as TaskCommand, now)).toEqual({
      ok: false,
      code: 'stale-epoch',
    })
  })

  it('advances with every claim', () => {
    const decision = decide(taskIn('queued'), commands.claim, now)
    expect(decision).toMatchObject({
      next: { epoch: 5, worker: 'w', leaseUntil: after(1_000) },
      effects: [{ type: 'attempt-started', epoch: 5, worker: 'w' }],
    })
  })
})

describe('retry budgets', () => {
  const failWith = (code: ErrorCode, task: Partial<TaskLifecycle>) => {
    const decision = decide(taskIn('running', task), { type: 'fail', epoch: 4, failure: { code, message: '' } }, now)
    if (!decision.ok) throw new Error(decision.code)
    return decision.next
  }

  it('let an experiment fail three times', () => {
    expect(failWith('task-failed', { experimentFailures: 1 })).toMatchObject({ state: 'ready', experimentFailures: 2 })
    expect(failWith('task-failed', { experimentFailures: 2 })).toMatchObject({ state: 'failed', experimentFailures: 3 })
  })

  it('let infrastructure fail twenty times, counted separately', () => {
    const spent = { experimentFailures: retryBudget.experiment - 1 }
    expect(failWith('trainer-crashed', { ...spent, infrastructureFailures: 18 })).toMatchObject({
      state: 'ready',
      infrastructureFailures: 19,
      ...spent,
    })
    expect(failWith('trainer-crashed', { ...spent, infrastructureFailures: 19 })).toMatchObject({
      state: 'failed',
      infrastructureFailures: 20,
    })
  })

  it('are not spent on hopeless tasks: every error of the table that is not retryable ends the task', () => {
    for (const [code, { retryable }] of Object.entries(errorTable)) {
      expect([code, failWith(code as ErrorCode, { experimentFailures: 0, infrastructureFailures: 0 }).state]).toEqual([
        code,
        retryable ? 'ready' : 'failed',
      ])
    }
  })

  it('are not reduced by a shutdown', () => {
    const decision = decide(taskIn('running'), commands.release, now)
    expect(decision).toMatchObject({ next: { state: 'ready', experimentFailures: 1, infrastructureFailures: 2 } })
  })

  it('are full again after a retry', () => {
    const decision = decide(taskIn('failed', { failure }), commands.retry, now)
    expect(decision).toMatchObject({ next: { experimentFailures: 0, infrastructureFailures: 0, failure: null } })
  })

  it('count infrastructure failures since the last new checkpoint: a long training survives the loss of many workers', () => {
    const failed = { ...taskIn('running'), infrastructureFailures: 19, experimentFailures: 1 }
    expect(decide(failed, commands.advance, now)).toMatchObject({
      next: { state: 'running', infrastructureFailures: 0, experimentFailures: 1 },
    })
  })

  it('delay retries after infrastructure failures only', () => {
    expect([1, 2, 3, 4, 5, 8, 9, 20].map(retryDelayMs)).toEqual([0, 1_000, 2_000, 4_000, 8_000, 60_000, 60_000, 60_000])
    expect(failWith('unavailable', { infrastructureFailures: 2 }).notBefore).toEqual(after(2_000))
    expect(failWith('task-failed', {}).notBefore).toBeNull()
  })
})

describe('an expired lease', () => {
  const lost = (task: Partial<TaskLifecycle>) =>
    decide(taskIn('running', { leaseUntil: now, ...task }), commands.expire, now)

  it('is one that ends now, but not one that ends later', () => {
    expect(lost({})).toMatchObject({
      next: { state: 'ready', infrastructureFailures: 3, failure: { code: 'worker-lost' } },
    })
    expect(decide(taskIn('running', { leaseUntil: after(1) }), commands.expire, now)).toEqual({
      ok: false,
      code: 'lease-held',
    })
  })

  it('ends the attempt as lost', () => {
    expect(lost({})).toMatchObject({ effects: [{ type: 'attempt-ended', epoch: 4, outcome: 'lost' }] })
  })

  it('of a task that is no longer wanted cancels it', () => {
    expect(lost({ cancelRequested: true })).toMatchObject({ next: { state: 'cancelled' } })
  })
})

describe('cancelling a running task', () => {
  const asked = taskIn('running', { cancelRequested: true })

  it('only requests it: the worker finds out when it renews', () => {
    expect(decide(taskIn('running'), commands.cancel, now)).toMatchObject({
      next: { state: 'running', cancelRequested: true },
    })
  })

  it('takes effect when the attempt ends in any way without a result', () => {
    expect(decide(asked, commands.release, now)).toMatchObject({ next: { state: 'cancelled' } })
    expect(decide(asked, commands.fail, now)).toMatchObject({ next: { state: 'cancelled' } })
    expect(decide(asked, commands.invalidate, now)).toMatchObject({ next: { state: 'cancelled' } })
  })

  it('comes too late for a result', () => {
    expect(decide(asked, commands.complete, now)).toMatchObject({
      next: { state: 'succeeded', cancelRequested: false },
    })
  })

  it('can be undone: if the worker has stopped, the task goes to the next one', () => {
    const decision = decide(asked, commands.retry, now)
    expect(decision).toMatchObject({ next: { state: 'running', cancelRequested: false } })
    expect(decide(taskIn('running'), { type: 'release', epoch: 4, reason: 'cancelled' }, now)).toMatchObject({
      next: { state: 'ready' },
    })
  })
})

describe('a running task that is asked for its slot', () => {
  const asked = taskIn('running', { preemptRequested: true })

  it('is ready again when it has stopped, and can then be claimed as if it had not been asked', () => {
    const stopped = decide(asked, commands.release, now)
    expect(stopped).toMatchObject({ next: { state: 'ready', preemptRequested: false } })
    const left = taskIn('ready', { preemptRequested: true })
    expect(decide(left, commands.claim, now)).toMatchObject({ next: { state: 'running', preemptRequested: false } })
  })

  it('may end, fail or be held instead', () => {
    expect(decide(asked, commands.complete, now)).toMatchObject({
      next: { state: 'succeeded', preemptRequested: false },
    })
    expect(decide(asked, commands.fail, now)).toMatchObject({ next: { state: 'ready', preemptRequested: false } })
    expect(decide({ ...asked, held: true }, commands.release, now)).toMatchObject({ next: { state: 'blocked' } })
  })

  it('is asked once, and not if it is to stop anyway', () => {
    for (const stopping of [asked, taskIn('running', { cancelRequested: true }), taskIn('running', { held: true })])
      expect(decide(stopping, commands.preempt, now)).toEqual({ ok: false, code: 'state-conflict' })
  })
})

describe('files that are gone', () => {
  const [one, two] = ['a'.repeat(64), 'b'.repeat(64)]
  const gone = (...missing: string[]) => ({ code: 'artifact-missing', message: 'gone', missing }) as const
  const failWith = (missing: string[], before: Partial<TaskLifecycle>) =>
    decide(taskIn('running', before), { type: 'fail', epoch: 4, failure: gone(...missing) }, now)
  const ended = expect.objectContaining({ type: 'attempt-ended' })

  it('are looked for a second time before the tasks that wrote them are recomputed', () => {
    expect(failWith([one], { failure: null })).toMatchObject({
      next: { state: 'ready', notBefore: after(2_000) },
      effects: [ended],
    })
    expect(failWith([one], { failure: gone(two) })).toMatchObject({ next: { state: 'ready' }, effects: [ended] })
    expect(failWith([one, two], { failure: gone(two) })).toMatchObject({
      next: { state: 'ready', infrastructureFailures: 3, notBefore: null },
      effects: [ended, { type: 'files-lost', missing: [two], startAgain: false }],
    })
  })

  it('let the task start again, instead of trying ever earlier checkpoints, once half of the budget is spent', () => {
    const half = retryBudget.infrastructure / 2
    const lost = (infrastructureFailures: number) => failWith([one], { failure: gone(one), infrastructureFailures })
    expect(lost(half - 2)).toMatchObject({ effects: [ended, { startAgain: false }] })
    expect(lost(half - 1)).toMatchObject({ effects: [ended, { startAgain: true }] })
  })

  it('are given up when the budget is spent, or the task is no longer wanted', () => {
    const spent = { failure: gone(one), infrastructureFailures: retryBudget.infrastructure - 1 }
    expect(failWith([one], spent)).toMatchObject({ next: { state: 'failed' }, effects: [ended] })
    const unwanted = { failure: gone(one), cancelRequested: true }
    expect(failWith([one], unwanted)).toMatchObject({ next: { state: 'cancelled' }, effects: [ended] })
  })

  it('block a task without resetting its budgets', () => {
    for (const state of ['ready', 'queued', 'running'] as const) {
      expect(decide(taskIn(state), commands.block, now)).toMatchObject({
        next: { state: 'blocked', experimentFailures: 1, infrastructureFailures: 2 },
      })
    }
    expect(decide(taskIn('running', { cancelRequested: true }), commands.block, now)).toMatchObject({
      next: { state: 'cancelled' },
    })
  })
})

describe('other decisions', () => {
  it('requeue only the lost dispatch', () => {
    expect(decide(taskIn('queued'), { type: 'requeue', dispatchCount: 4 }, now)).toEqual({
      ok: false,
      code: 'state-conflict',
    })
  })

  it('count dispatches, so that no two have the same job id', () => {
    expect(decide(taskIn('ready'), commands.dispatch, now)).toMatchObject({ next: { dispatchCount: 6 } })
  })

  it('discard a result that was computed from other inputs', () => {
    expect(decide(taskIn('succeeded'), commands.invalidate, now)).toMatchObject({
      effects: [{ type: 'budget-restored' }, { type: 'result-discarded' }],
    })
    expect(decide(taskIn('failed', { failure }), commands.invalidate, now)).toMatchObject({
      effects: [{ type: 'budget-restored' }],
    })
  })

  it('say so where they restore the budgets, and nowhere else', () => {
    const restores = (command: TaskCommand, task: TaskLifecycle) => {
      const decision = decide(task, command, now)
      return decision.ok && decision.effects.some(({ type }) => type === 'budget-restored')
    }
    for (const state of ['failed', 'cancelled'] as const) expect(restores(commands.retry, taskIn(state))).toBe(true)
    for (const state of ['running', 'succeeded'] as const)
      expect(restores(commands.invalidate, taskIn(state))).toBe(true)
    expect(restores(commands.retry, taskIn('running', { cancelRequested: true }))).toBe(false)
    for (const command of [commands.block, commands.advance, commands.fail])
      expect(restores(command, taskIn('running'))).toBe(false)
  })

  it('change no task in place', () => {
    const task = Object.freeze(taskIn('running'))
    for (const command of Object.values(commands)) decide(task, command, now)
    expect(task).toEqual(taskIn('running'))
  })
})
