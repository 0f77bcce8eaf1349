import { collectFiles, serviceActor } from '@goalpost/experiments'
import { createMemoryFiles } from '@goalpost/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, plan, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const actor = { key: null, address: '192.0.2.1' }
const which = (id: string) => ({ workspaceId: bench.workspace, id })
const remove = (id: string) => bench.experiments.delete(which(id), { actor })
const preview = async (id: string) => (await bench.experiments.previewDeletion(which(id)))!
const listed = async (archived?: 'include' | 'only') =>
  (await bench.experiments.list(bench.workspace, { limit: 200, ...(archived && { archived }) })).items.map(
    ({ id }) => id,
  )
const finished = async (spec: Parameters<Bench['submit']>[0]) => {
  const id = await bench.submit(spec)
  await bench.work()
  return id
}
const latestAudit = async () => (await bench.apiKeys.audit(bench.workspace, { limit: 1 })).items[0]

describe('archiving', () => {
  it('hides an experiment from lists until it is unarchived, and changes nothing else', async () => {
    const id = await finished({ seeds: [100] })
    const before = await bench.experiments.get(bench.workspace, id)
    expect(await bench.experiments.setArchived(which(id), true, { actor })).toMatchObject({ ok: true })
    expect(await listed()).not.toContain(id)
    expect(await listed('include')).toContain(id)
    expect(await listed('only')).toEqual([id])
    const { archivedAt, revision, updatedAt, ...rest } = (await bench.experiments.get(bench.workspace, id))!
    expect({ ...rest, archivedAt: null, revision: revision - 1, updatedAt }).toEqual({ ...before, updatedAt })
    expect(archivedAt).not.toBeNull()
    expect(await latestAudit()).toMatchObject({
      action: 'experiment.archived',
      address: '192.0.2.1',
      before: { archived: false },
      after: { archived: true },
    })
    await bench.experiments.setArchived(which(id), false, { actor })
    expect(await listed()).toContain(id)
    expect(await listed('only')).toEqual([])
  })

  it('is not counted as a change if it is repeated, and is refused for an outdated revision', async () => {
    const id = await finished({ seeds: [101] })
    const first = await bench.experiments.setArchived(which(id), true, { actor })
    expect(await bench.experiments.setArchived(which(id), true, { actor })).toEqual(first)
    expect(await bench.experiments.setArchived(which(id), false, { actor, expectedRevision: 1 })).toMatchObject({
      code: 'stale-version',
    })
    expect(await listed('only')).toContain(id)
  })

  it('does not find experiments of another workspace', async () => {
    const id = await finished({ seeds: [102] })
    const elsewhere = { workspaceId: await bench.workspaces.ensure('elsewhere'), id }
    expect(await bench.experiments.setArchived(elsewhere, true, { actor })).toMatchObject({ code: 'not-found' })
    expect(await bench.experiments.delete(elsewhere, { actor })).toMatchObject({ code: 'not-found' })
    expect(await bench.experiments.previewDeletion(elsewhere)).toBeNull()
    expect(await listed()).toContain(id)
  })
})

describe('annotating', () => {
  it('sets and removes labels, and says in the audit log what they were', async () => {
    const id = await finished({ seeds: [110], labels: { team: 'a', old: '1' } })
    const changed = await bench.experiments.setLabels(which(id), { set: { team: 'b' }, remove: ['old'] }, { actor })
    expect(changed).toMatchObject({ ok: true })
    expect((await bench.experiments.get(bench.workspace, id))?.labels).toEqual({ team: 'b' })
    expect(await latestAudit()).toMatchObject({
      action: 'experiment.annotated',
      before: { labels: { team: 'a', old: '1' } },
      after: { labels: { team: 'b' } },
    })
  })

  it('replaces only the note that was read, whatever else has changed', async () => {
    const id = await finished({ seeds: [112] })
    const set = (note: string, previous: string | null) =>
      bench.experiments.setNote(which(id), { note, previous }, { actor })
    expect(await set('mine', null)).toMatchObject({ ok: true })
    expect(await set('theirs', null)).toMatchObject({ code: 'stale-version' })
    await bench.experiments.setArchived(which(id), true, { actor })
    expect(await set('ours', 'mine')).toMatchObject({ ok: true })
    expect((await bench.experiments.get(bench.workspace, id))?.note).toBe('ours')
  })

  it('refuses too many labels, and an outdated revision', async () => {
    const id = await finished({ seeds: [111] })
    const set = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, 'v']))
    expect(await bench.experiments.setLabels(which(id), { set, remove: [] }, { actor })).toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('at most 64') as string,
    })
    expect(await bench.experiments.setNote(which(id), { note: 'n' }, { actor, expectedRevision: 1 })).toMatchObject({
      code: 'stale-version',
    })
    expect(await bench.experiments.get(bench.workspace, id)).toMatchObject({ labels: {}, note: null })
  })

  it('stores who submitted an experiment, and under which name of theirs', async () => {
    const key = await bench.apiKeys.create(
      bench.workspace,
      { name: 'nightly', secretHash: 'a'.repeat(64), scope: 'submit' },
      actor,
    )
    const create = (seed: number) =>
      bench.experiments.create(bench.workspace, {
        ...plan({ seeds: [seed] }),
        idempotency: null,
        actor: { key, address: null },
        externalId: 'sweep/1',
      })
    const first = await create(112)
    expect(await create(112)).toEqual({ ...first, created: false })
    expect(await create(113)).toEqual({ ok: false, code: 'idempotency-mismatch' })
    const id = await bench.experiments.findExternal(bench.workspace, 'sweep/1')
    expect(await bench.experiments.get(bench.workspace, id!)).toMatchObject({
      createdBy: 'nightly',
      externalId: 'sweep/1',
    })
    expect(await bench.experiments.findExternal(await bench.workspaces.ensure('elsewhere'), 'sweep/1')).toBeNull()
    await bench.work()
  })
})

describe('deleting', () => {
  it('removes an experiment with its runs and events, and says so in the audit log', async () => {
    const id = await finished({ seeds: [1], name: 'gone' })
    expect(await remove(id)).toEqual({ ok: true })
    expect(await bench.experiments.get(bench.workspace, id)).toBeNull()
    expect(await listed('include')).not.toContain(id)
    expect(await latestAudit()).toMatchObject({ action: 'experiment.deleted', subject: { id, name: 'gone' } })
    expect(await remove(id)).toMatchObject({ ok: false, code: 'not-found' })
  })

  it('is refused while tasks are open, and changes nothing', async () => {
    const id = await bench.submit({ seeds: [2] })
    expect((await preview(id)).refusal).toMatch(/cancel it first/)
    expect(await remove(id)).toMatchObject({ ok: false, code: 'state-conflict' })
    expect((await bench.states(id))['train']).toBe('ready')
    await bench.experiments.cancel(bench.workspace, id)
    expect(await remove(id)).toEqual({ ok: true })
  })

  it('frees what the preview says: the files that no other experiment has', async () => {
    const narrow = await finished({ seeds: [3] })
    const wide = await finished({ seeds: [3, 4] })
    // Two checkpoints of each training. The baseline does not depend on the seed: all experiments here have it.
    expect(await preview(narrow)).toMatchObject({ runs: 1, tasks: 1, keptTasks: 4, frees: { files: 0 } })
    expect(await preview(wide)).toMatchObject({ runs: 2, tasks: 4, keptTasks: 4, frees: { files: 2, bytes: 6 } })
    await remove(narrow)
    expect(await preview(wide)).toMatchObject({ tasks: 7, keptTasks: 1, frees: { files: 4, bytes: 12 } })
  })

  it('computes nothing again if the same experiment comes back before its tasks are removed', async () => {
    const id = await finished({ seeds: [5] })
    await remove(id)
    await bench.files.removeTasks(new Date(bench.clock.now().getTime()))
    const again = await bench.submit({ seeds: [5] })
    expect((await bench.experiments.get(bench.workspace, again))?.state).toBe('succeeded')
    bench.clock.advance(1_000)
    await bench.files.removeTasks(bench.clock.now())
    expect((await preview(again)).tasks).toBe(4)
  })

  it('removes tasks after the grace period: the whole experiment is computed again', async () => {
    const id = await finished({ seeds: [6] })
    await remove(id)
    bench.clock.advance(1_000)
    expect(await bench.files.removeTasks(bench.clock.now())).toBe(4)
    const again = await bench.submit({ seeds: [6] })
    expect((await bench.states(again))['train']).toBe('ready')
    await bench.work()
  })

  it('keeps the task that a model version comes from, and what it needs', async () => {
    const id = await bench.submit({ seeds: [7] })
    const train = (await bench.tasks(id))['train']!
    await bench.work()
    const [checkpoint] = (await bench.experiments.checkpoints(bench.workspace, { taskId: train, limit: 1 })).items
    const registration = {
      artifact: checkpoint!.parts[0]!.hash,
      taskId: train,
      experimentId: id,
      metadata: {},
      tags: [],
      aliases: [],
    }
    await bench.models.register({ workspaceId: bench.workspace, model: 'kept' }, registration, serviceActor)
    expect(await preview(id)).toMatchObject({ tasks: 3, keptTasks: 2, frees: { files: 0 } })
    await remove(id)
    bench.clock.advance(1_000)
    expect(await bench.files.removeTasks(bench.clock.now())).toBe(3)
    expect((await bench.experiments.task(bench.workspace, train))?.state).toBe('succeeded')
  })

  it('waits for a task that is still being stopped', async () => {
    const id = await bench.submit({ seeds: [8] })
    const { claim } = await bench.take((await bench.tasks(id))['train']!)
    await bench.experiments.cancel(bench.workspace, id)
    expect(await remove(id)).toEqual({ ok: true })
    bench.clock.advance(1_000)
    await bench.files.removeTasks(bench.clock.now())
    expect(await bench.ledger.release(claim, 'cancelled')).toBe(true)
    expect(await bench.files.removeTasks(bench.clock.now())).toBe(1)
  })

  it('leaves the occurrences of schedules, and frees its idempotency key', async () => {
    const create = () =>
      bench.experiments.create(bench.workspace, { ...plan({ seeds: [9] }), idempotency: { key: 'k', bodyHash: 'b' } })
    const first = await create()
    await bench.work()
    if (!first.ok) throw new Error(first.code)
    await remove(first.id)
    expect(await create()).toMatchObject({ ok: true, created: true })
    await bench.work()
  })
})

describe('storage', () => {
  it('counts each file once, by what needs it', async () => {
    const workspaceId = await bench.workspaces.ensure('counted')
    const id = await bench.submit({ seeds: [1], name: 'mine' }, workspaceId)
    const tasks = await bench.tasks(id, workspaceId)
    const { claim } = await bench.take(tasks['train']!)
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact('one'), artifact('one')] })
    const made = { ...resultOf(1), artifacts: [{ ...artifact('two'), bytes: 10 }] }
    await bench.ledger.complete(claim, made, manifest)
    await bench.experiments.keepArtifact(workspaceId, { ...artifact('three'), bytes: 100 }, serviceActor)
    const storage = await bench.experiments.storage(workspaceId)
    expect(storage).toMatchObject({
      total: { files: 3, bytes: 113 },
      kinds: {
        uploads: { files: 1, bytes: 100 },
        checkpoints: { files: 1, bytes: 3 },
        results: { files: 1, bytes: 10 },
        unneeded: { files: 0, bytes: 0 },
      },
      experiments: [{ id, name: 'mine', archived: false, files: 2, bytes: 13 }],
    })
    await bench.experiments.cancel(workspaceId, id)
    await bench.experiments.delete({ workspaceId, id }, { actor })
    expect((await bench.experiments.storage(workspaceId)).kinds).toMatchObject({
      uploads: { files: 1 },
      unneeded: { files: 2, bytes: 13 },
    })
  })
})

describe('collecting files', () => {
  const graceMs = 60_000
  const stored = async (text: string) => {
    const files = createMemoryFiles(bench.clock.now)
    const written = await files.write(new TextEncoder().encode(text))
    const ref = { ...written, name: 'f', mediaType: 'text/plain', evidence: false }
    const collect = (intervalMs = 0) => collectFiles({ register: bench.files, files, graceMs, intervalMs })
    return { files, ref, collect, keep: () => bench.experiments.keepArtifact(bench.workspace, ref, serviceActor) }
  }

  it('leaves young files alone, which may be registered any moment', async () => {
    const { files, ref, collect, keep } = await stored('young')
    bench.clock.advance(graceMs - 1)
    expect(await collect()).toMatchObject({ files: 0 })
    await keep()
    bench.clock.advance(graceMs * 10)
    expect(await collect()).toMatchObject({ files: 0 })
    expect(files.stored.has(ref.hash)).toBe(true)
  })

  it('registers no file that was removed moments ago: the worker has to write it again', async () => {
    const { files, ref, collect, keep } = await stored('removed')
    bench.clock.advance(graceMs + 1)
    expect(await collect()).toMatchObject({ tasks: 0, files: 1, bytes: 7 })
    await expect(keep()).rejects.toMatchObject({ code: 'unavailable' })
    bench.clock.advance(5 * 60_000)
    await files.write(new TextEncoder().encode('removed'))
    await keep()
    bench.clock.advance(graceMs * 10)
    await collect()
    expect(files.stored.has(ref.hash)).toBe(true)
  })

  it('lets nobody register a file while it is being removed', async () => {
    const { ref, keep } = await stored('meanwhile')
    const { promise: removing, resolve: finish } = Promise.withResolvers<boolean>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const removal = bench.files.removeUnowned([ref.hash], async () => {
      begin()
      return removing
    })
    await begun
    const registration = keep()
    registration.catch(() => undefined)
    finish(true)
    expect(await removal).toEqual([ref.hash])
    await expect(registration).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('is done by one process at a time, and not too often', async () => {
    const { collect } = await stored('interval')
    bench.clock.advance(3_600_000)
    const collected = await Promise.all([collect(3_600_000), collect(3_600_000), collect(3_600_000)])
    expect(collected.filter((one) => one !== null)).toHaveLength(1)
    expect((await bench.experiments.storage(bench.workspace)).latestCollection).toMatchObject({
      startedAt: bench.clock.now().toISOString(),
      endedAt: bench.clock.now().toISOString(),
    })
  })
})
