import { modelRegistration, type ModelRegistrationInput, type VersionReference } from '@goalpost/contracts'
import { serviceActor } from '@goalpost/experiments'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { artifact, readAll, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
let client: pg.Client
let workspaceId: string
let workspaces = 0

beforeAll(async () => {
  bench = await startBench()
  client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await bench.close()
})
beforeEach(async () => {
  workspaceId = await bench.workspaces.ensure(`lab ${++workspaces}`)
})

const mouse = () => ({ workspaceId, model: 'mouse' })
const at = (version: VersionReference) => ({ ...mouse(), version })

async function fileOf(content: string, owner = workspaceId): Promise<string> {
  const file = artifact(content)
  await bench.experiments.keepArtifact(owner, file, serviceActor)
  return file.hash
}

/** A version whose file has this content. */
async function register(content: string, given: Partial<ModelRegistrationInput> = {}, which = mouse()) {
  const registration = modelRegistration.parse({ artifact: await fileOf(content), ...given })
  return bench.models.register(which, registration, serviceActor)
}

async function eventTypes(): Promise<[string, string][]> {
  const { rows } = await client.query<{ type: string; subject: string }>(
    'SELECT type, subject FROM workspace_events WHERE workspace_id = $1 ORDER BY id',
    [workspaceId],
  )
  return rows.map(({ type, subject }) => [type, subject])
}

describe('a registered version', () => {
  it('creates its model, and keeps everything that was given', async () => {
    const experimentId = await bench.submit({}, workspaceId)
    const [taskId] = Object.values(await bench.tasks(experimentId, workspaceId))
    await register('one')
    const given = {
      step: 200,
      metadata: { lr: 0.1 },
      tags: ['b', 'a'],
      commit: '4F1C',
      parent: 1,
      experimentId,
      taskId,
    }
    expect(await register('two', { ...given, aliases: ['candidate'] })).toEqual({ number: 2, created: true })
    const found = (await bench.models.version(at(2)))!
    expect(found.view).toEqual({
      model: 'mouse',
      number: 2,
      hash: artifact('two').hash,
      file: { name: 'state', bytes: 3, mediaType: 'application/octet-stream' },
      ...given,
      commit: '4f1c',
      tags: ['a', 'b'],
      aliases: ['candidate'],
      createdAt: bench.clock.now().toISOString(),
      createdBy: null,
      deletedAt: null,
    })
    expect(await bench.models.model(mouse())).toMatchObject({
      versions: 2,
      latest: { number: 2, step: 200 },
      aliases: [{ name: 'candidate', version: 2 }],
      revision: found.revision,
    })
    expect((await eventTypes()).filter(([type]) => type.startsWith('model'))).toEqual([
      ['model-version.registered', 'models/mouse/versions/1'],
      ['model-version.registered', 'models/mouse/versions/2'],
      ['model-alias.moved', 'models/mouse/aliases/candidate'],
    ])
  })

  it('is the same for the same bytes: only new tags and aliases are added, and nothing is announced twice', async () => {
    await register('one', { step: 1, tags: ['x'] })
    await register('two')
    const before = await bench.models.model(mouse())
    expect(await register('one', { step: 9, tags: ['x'] })).toEqual({ number: 1, created: false })
    expect(await bench.models.model(mouse())).toEqual(before)
    expect(await register('one', { tags: ['y'], aliases: ['best'] })).toEqual({ number: 1, created: false })
    expect((await bench.models.version(at('best')))!.view).toMatchObject({ number: 1, step: 1, tags: ['x', 'y'] })
    expect((await eventTypes()).map(([type]) => type)).toEqual([
      'model-version.registered',
      'model-version.registered',
      'model-alias.moved',
    ])
  })

  it('has a number of its own however many are registered at once, and equal bytes have one', async () => {
    const contents = Array.from({ length: 20 }, (_, index) => `content ${index % 10}`)
    const outcomes = await Promise.all(contents.map((content) => register(content)))
    expect(new Set(outcomes.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    expect(outcomes.filter(({ created }) => created)).toHaveLength(10)
    expect((await bench.models.model(mouse()))!.versions).toBe(10)
  })

  it.each([
    ['a file that only another workspace has', '/artifact', { artifact: 'ab'.repeat(32) }],
    ['an experiment that is not there', '/experimentId', { experimentId: '00000000-0000-7000-8000-000000000001' }],
    ['a task that is not there', '/taskId', { taskId: '00000000-0000-7000-8000-000000000001' }],
    ['a parent that is not there', '/parent', { parent: 7 }],
  ])('is refused with %s, and leaves no model behind', async (_what, pointer, given) => {
    const elsewhere = await bench.workspaces.ensure('elsewhere')
    await bench.experiments.keepArtifact(elsewhere, { ...artifact('x'), hash: 'ab'.repeat(32) }, serviceActor)
    await expect(register('one', given)).rejects.toMatchObject({ code: 'unknown-value', issues: [{ pointer }] })
    expect(await bench.models.model(mouse())).toBeNull()
    expect(await eventTypes()).toEqual([])
  })
})

describe('an alias', () => {
  it('names one version at a time, with a history, latest move first', async () => {
    await register('one', { aliases: ['best'] })
    await register('two')
    await bench.models.moveAlias(mouse(), { alias: 'best', version: 'latest' }, serviceActor)
    await bench.models.moveAlias(mouse(), { alias: 'old', version: 1 }, serviceActor)
    await bench.models.moveAlias(mouse(), { alias: 'best', version: 2 }, serviceActor)
    await bench.models.moveAlias(mouse(), { alias: 'best', version: null }, serviceActor)
    expect(await bench.models.version(at('best'))).toBeNull()
    const moves = await readAll(async (page) => (await bench.models.aliasMoves(mouse(), { limit: 2, ...page }))!)
    expect(moves.map(({ alias, from, to }) => [alias, from, to])).toEqual([
      ['best', 2, null],
      ['old', null, 1],
      ['best', 1, 2],
      ['best', null, 1],
    ])
    const { items } = (await bench.models.aliasMoves(mouse(), { limit: 9, alias: 'old' }))!
    expect(items).toHaveLength(1)
  })

  it('is refused for versions that are not there or deleted, and if the model has changed since', async () => {
    await register('one')
    await register('two')
    await bench.models.deleteVersion(at(2), serviceActor)
    const { revision } = (await bench.models.model(mouse()))!
    const move = (version: VersionReference | null, expectedRevision?: number) =>
      bench.models.moveAlias(mouse(), { alias: 'best', version, expectedRevision }, serviceActor)
    await expect(move(9)).rejects.toMatchObject({ code: 'unknown-value', issues: [{ pointer: '/version' }] })
    await expect(move('nobody')).rejects.toMatchObject({ code: 'unknown-value' })
    await expect(move(2)).rejects.toMatchObject({ code: 'unknown-value', issues: [{ message: /deleted/ }] })
    await expect(move(null)).rejects.toMatchObject({ code: 'not-found' })
    await expect(move(1, revision - 1)).rejects.toMatchObject({ code: 'stale-version' })
    await move(1, revision)
    await expect(move(1, revision)).rejects.toMatchObject({ code: 'stale-version' })
  })
})

describe('a deleted version', () => {
  it('is in no list, and is found by its number, under which its bytes come back', async () => {
    await register('one', { tags: ['x'] })
    await register('two')
    await bench.models.deleteVersion(at('latest'), serviceActor)
    await bench.models.deleteVersion(at(2), serviceActor)
    expect(await bench.models.model(mouse())).toMatchObject({ versions: 1, latest: { number: 1 } })
    expect((await bench.models.versions(mouse(), { limit: 9 }))!.items.map(({ number }) => number)).toEqual([1])
    expect((await bench.models.version(at(2)))!.view.deletedAt).not.toBeNull()
    expect(await register('three')).toMatchObject({ number: 3 })
    expect(await register('two')).toEqual({ number: 2, created: false })
    expect((await bench.models.version(at(2)))!.view.deletedAt).toBeNull()
    expect((await bench.models.model(mouse()))!.versions).toBe(3)
  })

  it('cannot have an alias: the deletion is refused until it is moved', async () => {
    await register('one', { aliases: ['best'] })
    await expect(bench.models.deleteVersion(at(1), serviceActor)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('`best`'),
    })
    await bench.models.moveAlias(mouse(), { alias: 'best', version: null }, serviceActor)
    await bench.models.deleteVersion(at(1), serviceActor)
    expect((await bench.models.model(mouse()))!.latest).toBeNull()
  })
})

describe('a deleted model', () => {
  it('is gone with its aliases, but not its numbers and files, and continues when a version is registered', async () => {
    await register('one', { aliases: ['best'] })
    await register('two')
    await bench.models.deleteModel(mouse(), serviceActor)
    expect(await bench.models.model(mouse())).toBeNull()
    expect(await bench.models.versions(mouse(), { limit: 9 })).toBeNull()
    expect(await bench.models.version(at('latest'))).toBeNull()
    const { view } = (await bench.models.version(at(2)))!
    expect(await bench.experiments.ownsArtifact(workspaceId, view.hash)).not.toBeNull()
    await expect(bench.models.deleteModel(mouse(), serviceActor)).rejects.toMatchObject({ code: 'not-found' })
    expect(await register('three')).toEqual({ number: 3, created: true })
    expect(await bench.models.model(mouse())).toMatchObject({ versions: 1, latest: { number: 3 }, aliases: [] })
  })
})

describe('lists', () => {
  it('have versions newest first, page by page, by tag and by commit', async () => {
    for (let index = 1; index <= 7; index++)
      await register(`file ${index}`, {
        tags: index % 2 ? ['odd'] : [],
        commit: index > 5 ? 'abcd12' : 'ef%012'.replace('%', '9'),
      })
    const list = (query: object) =>
      readAll(async (page) => (await bench.models.versions(mouse(), { limit: 2, ...query, ...page }))!)
    const numbers = async (query: object) => (await list(query)).map(({ number }) => number)
    expect(await numbers({})).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(await numbers({ tag: 'odd' })).toEqual([7, 5, 3, 1])
    expect(await numbers({ commit: 'abcd' })).toEqual([7, 6])
    expect(await numbers({ commit: '%' })).toEqual([])
  })

  it('have models by name, page by page, and find a part of the name', async () => {
    for (const model of ['mouse', 'Cat', 'dog_1', 'dogs']) await register(`of ${model}`, {}, { workspaceId, model })
    const names = async (query: object) =>
      (await readAll((page) => bench.models.models(workspaceId, { limit: 2, ...query, ...page }))).map(
        ({ name }) => name,
      )
    expect((await names({})).toSorted()).toEqual(['Cat', 'dog_1', 'dogs', 'mouse'])
    expect((await names({ name: 'OG' })).toSorted()).toEqual(['dog_1', 'dogs'])
    expect(await names({ name: 'g_' })).toEqual(['dog_1'])
    const [first] = (await bench.models.models(workspaceId, { limit: 1, name: 'mouse' })).items
    expect(first).toEqual(await bench.models.model(mouse()))
  })

  it('and everything else of another workspace are not found', async () => {
    await register('one', { aliases: ['best'] })
    const foreign = { workspaceId: await bench.workspaces.ensure('stranger'), model: 'mouse' }
    expect(await bench.models.models(foreign.workspaceId, { limit: 9 })).toEqual({ items: [], nextCursor: null })
    expect(await bench.models.model(foreign)).toBeNull()
    expect(await bench.models.versions(foreign, { limit: 9 })).toBeNull()
    expect(await bench.models.version({ ...foreign, version: 1 })).toBeNull()
    expect(await bench.models.aliasMoves(foreign, { limit: 9 })).toBeNull()
    for (const change of [
      () => bench.models.moveAlias(foreign, { alias: 'best', version: null }, serviceActor),
      () => bench.models.tag({ ...foreign, version: 1 }, { add: ['x'], remove: [] }, serviceActor),
      () => bench.models.deleteVersion({ ...foreign, version: 1 }, serviceActor),
      () => bench.models.deleteModel(foreign, serviceActor),
    ])
      await expect(change()).rejects.toMatchObject({ code: 'not-found' })
    expect((await bench.models.version(at('best')))!.view.tags).toEqual([])
  })
})
