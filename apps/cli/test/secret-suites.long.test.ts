import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { experimentView, resultsView, toolAnswer } from '@goalpost/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { startOwnService, type OwnService } from './own-service.ts'

const spec = (steps: number) => `
apiVersion: goalpost/v1
protocol: rl-shift
name: secret-${steps}
seeds: 1
options:
  environment: corner
  parameters: { size: 5, maxSteps: 16, discount: 0.95 }
  steps: ${steps}
  network: { kind: mlp, hidden: [16], crop: 1 }
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2 }
  evaluation: { checkpoints: 1, batch: 32 }
  suites:
    - { name: iid, role: in-distribution, distribution: training, levels: 64 }
    - { name: shifted, role: shifted, distribution: distinguishing, levels: 64, seed: secret }
`

let service: OwnService
beforeAll(async () => {
  service = await startOwnService()
  for (const steps of [512, 500_000_000]) await writeFile(join(service.folder, `${steps}.yaml`), spec(steps))
})
afterAll(() => service.stop())

async function json<T extends z.ZodType>(schema: T, args: readonly string[]): Promise<z.output<T>> {
  const { code, out, err } = await service.goalpost([...args, '--json'])
  if (code !== 0) throw new Error(err)
  return schema.parse(JSON.parse(out))
}

test('secret levels are published after the verdict, under the hash in the report', { timeout: 180_000 }, async () => {
  expect(await service.goalpost(['run', '512.yaml'])).toMatchObject({ code: 0 })
  const { report } = await json(resultsView, ['results', 'last'])
  const view = await json(experimentView, ['show', 'last'])
  const salt = (await readFile(join(service.data, 'salt'), 'utf8')).trim()
  const saltHash = createHash('sha256').update(salt).digest('hex')
  expect(JSON.stringify(view.resolved)).toContain(`{"secret":"${saltHash}"}`)

  const { data, files } = await json(toolAnswer, ['levels', 'publish', 'last'])
  expect(files).toHaveLength(1)
  expect(data).toMatchObject({ saltHash, suites: [{ name: 'shifted', hash: files[0]?.hash }] })
  expect(JSON.stringify(report)).toContain(files[0]?.hash)
  const written = await service.goalpost(['levels', 'publish', 'last', '--suite', 'shifted', '--out', 'published/'])
  expect(written.out).toMatch(/sha256sum FILE.*another salt/s)
  const bytes = await readFile(join(service.folder, 'published', files[0]?.name ?? ''))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(files[0]?.hash)
  const shown = await service.goalpost(['levels', 'show', files[0]?.hash ?? '', '--index', '3', '--ascii'])
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('#') })
})

test('before the end they are not published, and the reason is given', { timeout: 180_000 }, async () => {
  const { id } = await json(experimentView, ['submit', '500000000.yaml'])
  const refused = await service.goalpost(['levels', 'publish', id])
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('has not ended: 1 of its runs') })
  await service.goalpost(['cancel', id, '--yes'])
})

test('a secret result that is computed twice is the same', { timeout: 180_000 }, async () => {
  const verified = await service.goalpost(['verify', 'secret-512'])
  expect(verified).toMatchObject({ code: 0 })
})

test('the salt is only in its own file: in no log, no artifact and no answer', { timeout: 180_000 }, async () => {
  const salt = (await readFile(join(service.data, 'salt'), 'utf8')).trim()
  const holding: string[] = []
  for (const entry of await readdir(service.data, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    // Files of a running database come and go.
    const bytes = entry.isFile() ? await readFile(file).catch(() => Buffer.alloc(0)) : Buffer.alloc(0)
    if (bytes.includes(salt)) holding.push(file)
  }
  expect(holding).toEqual([join(service.data, 'salt')])
  // The database may compress what it stores.
  for (const args of [
    ['show', 'secret-512', '--spec'],
    ['show', 'secret-512'],
    ['results', 'secret-512'],
    ['logs', 'secret-512'],
    ['workers'],
    ['catalog'],
  ]) {
    const { out, err } = await service.goalpost([...args, '--json'])
    expect(out.length).toBeGreaterThan(0)
    expect(out + err).not.toContain(salt)
  }
})
