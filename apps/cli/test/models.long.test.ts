import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aliasMoveView, deploymentReportView, modelVersionView, modelView, page } from '@goalpost/contracts'
import type { z } from 'zod'
import { program, startOwnService, type OwnService, type Ran } from './own-service.ts'

let service: OwnService

beforeAll(async () => {
  service = await startOwnService()
}, 120_000)
afterAll(() => service.stop(), 120_000)

const models = (...args: readonly string[]): Promise<Ran> => service.goalpost(['models', ...args])

async function json<Schema extends z.ZodType>(schema: Schema, ...args: readonly string[]): Promise<z.output<Schema>> {
  const ran = await models(...args, '--json')
  expect(ran).toMatchObject({ code: 0 })
  return schema.parse(JSON.parse(ran.out))
}

const write = (name: string, text: string) => writeFile(join(service.folder, name), text)

test('files become versions that aliases and tags name, and lists show them', async () => {
  await write('one.onnx', 'one')
  await write('two.onnx', 'two')
  const given = ['--step', '200000', '--commit', '4f1c', '--alias', 'candidate', '--meta', 'lr=0.001', 'note=first']
  expect(await models('register', 'mouse', 'one.onnx', ...given)).toEqual({
    code: 0,
    out: 'mouse 1  step 200,000  candidate\n',
    err: '',
  })
  expect((await models('register', 'mouse', 'one.onnx')).out).toContain('registered before')
  const two = await json(modelVersionView, 'register', 'mouse', 'two.onnx', '--parent', 'candidate')
  expect(two).toMatchObject({ number: 2, parent: 1, step: null })
  expect((await json(modelVersionView, 'show', 'mouse', 'candidate')).metadata).toEqual({ lr: 0.001, note: 'first' })

  expect((await models('alias', 'mouse', 'candidate')).out).toBe('candidate is now mouse 2\n')
  expect((await models('tag', 'mouse', '2', '--add', 'nightly', 'slow')).out).toBe('mouse 2: nightly, slow\n')
  expect((await json(page(modelVersionView), 'show', 'mouse', '--tag', 'nightly')).items).toHaveLength(1)
  expect((await json(page(modelView), 'list')).items).toMatchObject([{ name: 'mouse', versions: 2 }])
  expect((await json(page(aliasMoveView), 'history', 'mouse')).items.map(({ to }) => to)).toEqual([2, 1])
  for (const args of [['list'], ['show', 'mouse'], ['show', 'mouse', 'latest'], ['history', 'mouse']])
    expect(await models(...args)).toMatchObject({ code: 0, err: '' })

  const written = join(service.folder, 'release.html')
  expect(await models('report', 'mouse', 'candidate', '--out', written)).toMatchObject({
    code: 0,
    out: expect.stringContaining('The model has no gate. Nothing was tested.'),
  })
  expect(await readFile(written, 'utf8')).toContain('mouse 2')
  expect(await json(deploymentReportView, 'report', 'mouse')).toMatchObject({ version: 2, tested: [] })

  expect(await models('delete', 'mouse', '2')).toMatchObject({ code: 5, err: expect.stringContaining('`candidate`') })
  expect(await models('alias', 'mouse', 'candidate', '--remove')).toMatchObject({ code: 0 })
  expect(await models('delete', 'mouse', '2')).toMatchObject({ code: 0 })
  expect((await json(page(modelVersionView), 'show', 'mouse')).items.map(({ number }) => number)).toEqual([1])
  expect(await models('delete', 'mouse', '--all')).toMatchObject({ code: 0 })
  expect(await models('show', 'mouse')).toMatchObject({ code: 3, err: expect.stringContaining('no model mouse') })
}, 120_000)

test.each([
  [['register', 'mouse'], 2, 'Name a file'],
  [['register', 'mouse', 'one.onnx', '--from', 'last'], 2, 'not both'],
  [['register', 'mouse', 'one.onnx', '--meta', 'lr'], 2, '--meta must look like'],
  [['register', 'mouse', 'one.onnx', '--alias', '12'], 2, '/aliases/0'],
  [['register', 'mouse', 'absent.onnx'], 3, 'absent.onnx'],
  [['alias', 'mouse', 'latest', '1'], 2, 'newest version'],
  [['delete', 'mouse'], 2, '--all'],
  [['tag', 'mouse', '1'], 2, '--add'],
  [['watch', 'absent'], 2, 'cannot be read'],
])(
  '%j is refused with a sentence that helps',
  async (args, code, text) => {
    expect(await models(...args)).toMatchObject({ code, err: expect.stringContaining(text) })
  },
  60_000,
)

test('gates check waits for the gates of a model, reports each stage, and exits with their outcome', async () => {
  const example = (name: string) => fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url))
  const gate = await readFile(example('gates/corner.yaml'), 'utf8')
  await write('gate.yaml', gate.replace('model: mouse', 'model: vole').replace(/triggers:\n.*\n/, 'triggers: []\n'))
  expect(await models('register', 'vole', example('policies/pytorch-corner.onnx'))).toMatchObject({ code: 0 })
  expect(await service.goalpost(['gates', 'apply', 'gate.yaml'])).toMatchObject({ code: 0 })
  const check = (...args: readonly string[]) =>
    service.goalpost(['gates', 'check', '--model', 'vole', ...args], {
      GITHUB_STEP_SUMMARY: join(service.folder, 'step.md'),
    })
  expect(await check()).toMatchObject({ code: 3, err: expect.stringContaining('use --wait') })
  expect(await check('--wait', '--gate', 'edge')).toMatchObject({ code: 3, err: expect.stringContaining('corner') })

  const waited = await check('--wait', '--gate', 'corner', '--github-summary')
  expect(waited).toMatchObject({
    code: 14,
    out: expect.stringMatching(/corner +vole 1 .*fail[^]*achievement .*violated/),
  })
  expect(waited.err).toContain('corner: version 1 on 64 units')
  expect(await readFile(join(service.folder, 'step.md'), 'utf8')).toMatch(/### vole 1: 1 gate[^]*❌ \| achievement/)
  // It has ended: the same again without a wait.
  expect(await check()).toMatchObject({ code: 14, out: waited.out, err: '' })
}, 240_000)

test('a watched folder becomes versions in the order of their steps, also while the service restarts', async () => {
  const folder = join(service.folder, 'checkpoints')
  await mkdir(folder)
  const save = (step: number) => writeFile(join(folder, `policy-${step}.onnx`), `policy of step ${step}`)
  await save(200)
  await save(100)
  const first = await models('watch', 'checkpoints', '--model', 'rat', '--settle', '0.3s', '--once')
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^rat 1 {2}step 100 .*\nrat 2 {2}step 200 /) })

  const own = { ...process.env, HOME: service.folder, GOALPOST_DATA: service.data, NO_COLOR: '1' }
  const args = [program, 'models', 'watch', 'checkpoints', '--model', 'rat', '--settle', '0.3s', '--json']
  const watch = spawn(process.execPath, args, { env: own, cwd: service.folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const notes: string[] = []
  watch.stdout.on('data', (text: Buffer) => void lines.push(...text.toString().trim().split('\n')))
  watch.stderr.on('data', (text: Buffer) => void notes.push(text.toString()))
  await save(300)
  await until(() => lines.length === 1)
  await service.goalpost(['down'])
  await save(400)
  await until(() => notes.join('').includes('Trying again'))
  expect(await service.goalpost(['up', '--port', '0', '--detach'])).toMatchObject({ code: 0 })
  await until(() => lines.length === 2)
  watch.kill('SIGINT')
  expect(await once(watch, 'exit')).toEqual([0, null])
  expect(lines.map((line) => JSON.parse(line).version.step)).toEqual([300, 400])
  expect((await json(page(modelVersionView), 'show', 'rat')).items.map(({ step }) => step)).toEqual([
    400, 300, 200, 100,
  ])
  await service.goalpost(['down'])
}, 240_000)

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(50)
}
