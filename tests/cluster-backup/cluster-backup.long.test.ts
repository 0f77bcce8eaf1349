import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@goalpost/client'
import { createArtifactStore } from '@goalpost/artifacts'
import type { ExperimentView } from '@goalpost/contracts'
import { startPostgresServer, type PostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startFakeS3, type FakeS3 } from '../../packages/artifacts/test/fake-s3.ts'
import { waitUntil } from '../embedded.ts'
import { openInvariants } from '../faults/invariants.ts'
import { machinePostgres, postgresTool } from './machine-postgres.ts'
import { artifactsUrlOf, checkFiles, credentials, startS3Service, type S3Service } from './s3-service.ts'

/**
 * A cluster with PostgreSQL and S3 is lost, and restored with PostgreSQL's own tools: from a dump, and to a moment between
 * backups from the write-ahead log. The rows and the files are of different moments, as copies of two systems always are.
 */
const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'rl-shift',
  name: 'kept',
  seeds: 1,
  fresh: true,
  options: {
    environment: 'corner',
    parameters: { size: 5, maxSteps: 32, discount: 0.99 },
    steps: 80_000,
    network: { kind: 'mlp', crop: 1 },
    ppo: { environments: 64, rolloutSteps: 32 },
    evaluation: { checkpoints: 4, curveLevels: 64 },
    suites: [
      { name: 'in-distribution', role: 'in-distribution', distribution: 'training', levels: 64 },
      { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
    ],
  },
}

const archiving = { wal_level: 'replica', max_wal_senders: '4', archive_mode: 'on' }

if (machinePostgres === null) process.stderr.write('Not tested for lack of PostgreSQL and its tools: cluster backups\n')
else
  describe('a lost cluster', () => {
    const opened = new AsyncDisposableStack()
    let place: string
    /** The bucket as it was when the cluster was lost. */
    let bucket: FakeS3
    let dump: string
    let base: string
    let archive: string
    let moment: string
    let finished: ExperimentView
    let interrupted: string
    let after: string
    /** Objects of the bucket before and after the dump. */
    let before: ReadonlySet<string>

    beforeAll(async () => {
      place = await mkdtemp(path.join(tmpdir(), 'goalpost-cluster-backup-'))
      opened.defer(() => rm(place, { recursive: true, force: true }))
      // The invariants are checked from here.
      for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value)
      opened.defer(() => void vi.unstubAllEnvs())
      await chmod(place, 0o755)
      archive = path.join(place, 'archive')
      await mkdir(archive)
      await chmod(archive, 0o777)
      base = path.join(place, 'base')
      dump = path.join(place, 'goalpost.dump')
      bucket = await openBucket()
      const command = `test ! -f ${archive}/%f && cp %p ${archive}/%f`
      const original = await openServer({ ...archiving, archive_command: command })
      await liveThrough(original)
      await original.close()
    }, 600_000)

    afterAll(() => opened.disposeAsync(), 120_000)

    async function openBucket(copied?: FakeS3): Promise<FakeS3> {
      const s3 = await startFakeS3()
      opened.defer(() => s3.close())
      s3.pageSize = 1_000
      for (const [key, bytes] of copied?.objects ?? []) {
        s3.objects.set(key, bytes)
        s3.times.set(key, new Date())
      }
      return s3
    }

    async function openServer(...given: Parameters<typeof startPostgresServer>): Promise<PostgresServer> {
      const server = await startPostgresServer(given[0], { bin: machinePostgres!, ...given[1] })
      opened.defer(() => server.close())
      return server
    }

    async function openService(databaseUrl: string, s3: FakeS3): Promise<S3Service> {
      const service = await startS3Service(databaseUrl, s3)
      opened.defer(() => service.stop())
      return service
    }

    /** One experiment that ends, and copies of the database while a second one trains; then more work, and the end. */
    async function liveThrough(server: PostgresServer): Promise<void> {
      const url = server.url('postgres')
      const service = await openService(url, bucket)
      const { client } = service
      await postgresTool('pg_basebackup', `--dbname=${url}`, `--pgdata=${base}`, '--checkpoint=fast')
      finished = await completed(client, (await client.submit(spec)).experiment.id)
      interrupted = (await client.submit(spec)).experiment.id
      await waitUntil('the second training has a checkpoint', () => hasCheckpoint(client, interrupted), 120_000)
      await postgresTool('pg_dump', '--format=custom', '--schema=public', `--file=${dump}`, url)
      before = new Set(bucket.objects.keys())
      moment = await now(url)
      // What has the next second's time is not of the moment.
      await delay(1_100)
      // Another seed: equal computations would write the same files.
      const options = { ...spec.options, steps: 16_384 }
      after = (await client.submit({ ...spec, name: 'after', seeds: [7], options, priority: 1 })).experiment.id
      await completed(client, after)
      await service.stop()
      await query(url, 'SELECT pg_switch_wal()')
      await waitUntil('the log is archived', async () => {
        const [row] = await query<{ done: boolean }>(
          url,
          'SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1) AS done FROM pg_stat_archiver',
        )
        return row?.done === true
      })
    }

    const check = (url: string, s3: FakeS3) =>
      checkFiles({ DATABASE_URL: url, ARTIFACTS_URL: artifactsUrlOf(s3), ...credentials })

    async function restoreDump(url: string): Promise<void> {
      const flags = ['--exit-on-error', '--clean', '--if-exists', '--no-owner', '--no-acl']
      await postgresTool('pg_restore', ...flags, `--dbname=${url}`, dump)
    }

    /** A service over restored rows and files ends what was running as if nothing had happened. */
    async function expectContinued(databaseUrl: string, s3: FakeS3): Promise<ExperimentView> {
      const service = await openService(databaseUrl, s3)
      const { client } = service
      expect(await client.experiment(finished.id)).toEqual(finished)
      const continued = await completed(client, interrupted)
      expect([continued.state, continued.resultHash]).toEqual(['succeeded', finished.resultHash])
      await service.stop()
      const files = await createArtifactStore(artifactsUrlOf(s3))
      const invariants = await openInvariants(databaseUrl, (hash) => files.read(hash))
      const violations = await invariants.check('at rest')
      await invariants.close()
      expect(violations).toEqual([])
      return continued
    }

    test('a dump and files copied after it: files of later rows are counted, and what ran goes on to an equal hash', async () => {
      const server = await openServer()
      const url = server.url('postgres')
      await restoreDump(url)
      const s3 = await openBucket(bucket)
      const { exitCode, said } = await check(url, s3)
      expect({ exitCode, ...said }).toMatchObject({
        exitCode: 0,
        type: 'checked',
        missing: [],
        damaged: [],
        experiments: [],
      })
      expect(said.unneeded.files).toBeGreaterThanOrEqual(bucket.objects.size - before.size)
      expect(bucket.objects.size).toBeGreaterThan(before.size)
      expect(said.files + said.unneeded.files).toBe(bucket.objects.size)
      await expectContinued(url, s3)
    })

    test('files copied before the rows: the missing ones are named with their experiments, and computed again', async () => {
      const server = await openServer()
      const url = server.url('postgres')
      await restoreDump(url)
      const [latest] = await query<{ hash: string; experiment: string }>(
        url,
        `SELECT p->>'hash' AS hash, l.experiment_id AS experiment FROM checkpoints c
         JOIN experiment_tasks l USING (task_id) CROSS JOIN jsonb_array_elements(c.parts) p
         WHERE l.experiment_id = '${interrupted}' ORDER BY c.step DESC LIMIT 1`,
      )
      const s3 = await openBucket(bucket)
      for (const key of s3.objects.keys()) if (key.replaceAll('/', '').endsWith(latest!.hash)) s3.objects.delete(key)
      expect(s3.objects.size).toBe(bucket.objects.size - 1)
      const { exitCode, said } = await check(url, s3)
      expect({ exitCode, ...said }).toMatchObject({ exitCode: 1, missing: [latest!.hash], damaged: [] })
      expect(said.experiments.map(({ id }) => id)).toContain(interrupted)
      const continued = await expectContinued(url, s3)
      expect(continued.runs[0]!.tasks.find(({ key }) => key === 'train')!.attempts).toBeGreaterThan(1)
    })

    test('the write-ahead log, to a moment after the base backup: later rows are not there, and what ran goes on', async () => {
      const restore = {
        restore_command: `cp ${archive}/%f %p`,
        recovery_target_time: moment,
        recovery_target_action: 'promote',
      }
      const fill = async (data: string) => {
        await cp(base, data, { recursive: true })
        await writeFile(path.join(data, 'recovery.signal'), '')
      }
      const server = await openServer({ ...archiving, archive_mode: 'off', ...restore }, { fill })
      const url = server.url('postgres')
      await waitUntil('the recovery has ended', async () => {
        const [row] = await query<{ recovering: boolean }>(url, 'SELECT pg_is_in_recovery() AS recovering')
        return row?.recovering === false
      })
      expect(await query(url, `SELECT id FROM experiments WHERE id = '${after}'`)).toEqual([])
      const s3 = await openBucket(bucket)
      const { exitCode, said } = await check(url, s3)
      expect({ exitCode, missing: said.missing, damaged: said.damaged }).toEqual({
        exitCode: 0,
        missing: [],
        damaged: [],
      })
      expect(said.unneeded.files).toBeGreaterThan(0)
      await expectContinued(url, s3)
    })
  })

async function completed(client: Client, id: string): Promise<ExperimentView> {
  await waitUntil(
    'the experiment has ended',
    async () => ['succeeded', 'failed'].includes((await client.experiment(id)).state),
    280_000,
    200,
  )
  return client.experiment(id)
}

/** One to continue from: the first is saved before the first step. */
async function hasCheckpoint(client: Client, id: string): Promise<boolean> {
  const { items } = await client.checkpoints({ experimentId: id, limit: 10 })
  return items.some(({ step }) => step > 0)
}

async function now(url: string): Promise<string> {
  const [row] = await query<{ now: string }>(url, 'SELECT clock_timestamp()::text AS now')
  return row!.now
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
