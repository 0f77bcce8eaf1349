import type { AuditEvent } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, plan, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
let actor: Actor
beforeAll(async () => {
  bench = await startBench()
  const rights = { name: 'ann', secretHash: 'a'.repeat(64), scope: 'manage' } as const
  const key = await bench.apiKeys.create(bench.workspace, rights, { key: null, address: null })
  actor = { key, address: '192.0.2.7' }
})
afterAll(() => bench.close())

async function submit(seed: number): Promise<string> {
  const outcome = await bench.experiments.create(bench.workspace, {
    ...plan({ seeds: [seed], name: `audited ${seed}`, priority: 3 }),
    idempotency: { key: `key ${seed}`, bodyHash: 'same' },
    actor,
  })
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.id
}

/** Entries about an experiment, the oldest first. */
async function entriesOf(id: string): Promise<AuditEvent[]> {
  const { items } = await bench.apiKeys.audit(bench.workspace, { limit: 200 })
  return items.filter(({ subject }) => subject.id === id).toReversed()
}

describe('the audit log names who', () => {
  it('submitted an experiment, once for a repeated request', async () => {
    const id = await submit(1)
    expect(await submit(1)).toBe(id)
    expect(await entriesOf(id)).toEqual([
      expect.objectContaining({
        action: 'experiment.submitted',
        actor: { keyId: actor.key?.id, name: 'ann' },
        address: '192.0.2.7',
        subject: { type: 'experiment', id, name: 'audited 1' },
        before: null,
        after: { protocol: 'toy', priority: 3, externalId: null, runs: 1, tasks: expect.any(Number) as number },
      }),
    ])
    // Its tasks are shared with those of the next.
    await bench.experiments.cancel(bench.workspace, id)
  })

  it('uploaded a file, once for uploads at the same time', async () => {
    const file = artifact()
    const upload = () => bench.experiments.keepArtifact(bench.workspace, file, actor)
    await Promise.all([upload(), upload()])
    expect(await entriesOf(file.hash)).toMatchObject([
      { action: 'file.uploaded', actor: { name: 'ann' }, after: { bytes: file.bytes, mediaType: file.mediaType } },
    ])
  })

  it('cancelled and retried it, from which state; not what changed nothing', async () => {
    const id = await submit(2)
    for (const _ of [1, 2]) await bench.experiments.cancel(bench.workspace, id, { actor })
    await bench.experiments.retry(bench.workspace, id, { actor })
    expect(await bench.experiments.retry(bench.workspace, id, { actor })).toMatchObject({ code: 'state-conflict' })
    const open = Object.keys(await bench.states(id)).length
    expect((await entriesOf(id)).slice(1)).toMatchObject([
      {
        action: 'experiment.cancelled',
        actor: { name: 'ann' },
        before: { state: 'waiting' },
        after: { state: 'cancelled' },
      },
      {
        action: 'experiment.retried',
        actor: { name: 'ann' },
        before: { state: 'cancelled' },
        after: { restartedTasks: open },
      },
    ])
    await bench.experiments.cancel(bench.workspace, id)
    expect((await entriesOf(id)).at(-1)).toMatchObject({ action: 'experiment.cancelled', actor: null, address: null })
  })

  it('extended it, with the numbers before and after; not what was refused', async () => {
    const id = await submit(3)
    const { resolved, expansion } = plan({ seeds: [3, 4], name: 'audited 3', priority: 3 })
    const extension = { resolved, expansion, actor }
    expect(
      await bench.experiments.extend(bench.workspace, id, { ...extension, expectedRevision: 1_000 }),
    ).toMatchObject({ code: 'stale-version' })
    expect(await bench.experiments.extend(bench.workspace, id, extension)).toMatchObject({ ok: true })
    expect((await entriesOf(id)).slice(1)).toMatchObject([
      {
        action: 'experiment.extended',
        actor: { name: 'ann' },
        before: { conditions: 1, seeds: 1, runs: 1 },
        after: { conditions: 1, seeds: 2, runs: 2 },
      },
    ])
  })
})
