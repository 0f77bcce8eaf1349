import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  catalogEntry,
  comparisonView,
  doctorCheck,
  experimentView,
  modelVersionView,
  fleetView,
  page,
  experimentSummary,
  previewView,
  probedEngine,
  protocolView,
  resultsView,
  toolAnswer,
} from '@goalpost/contracts'
import { z } from 'zod'
import { program, startOwnService, type OwnService, type Ran } from './own-service.ts'

let service: OwnService
let folder = ''
let data = ''
let url = ''

const goalpost: OwnService['goalpost'] = (...call) => service.goalpost(...call)

async function json<Schema extends z.ZodType>(schema: Schema, args: readonly string[]): Promise<z.output<Schema>> {
  const ran = await goalpost([...args, '--json'])
  expect(ran).toMatchObject({ code: 0 })
  return schema.parse(JSON.parse(ran.out))
}

// Any protocol would do; this one takes a second.
const spec = `apiVersion: goalpost/v1
protocol: goodhart
name: tiny
seeds: 2
options: { draws: 65536 }
conditions:
  - { name: light, options: { error: { distribution: normal } } }
  - { name: heavy, options: { error: { distribution: pareto, index: 1.5 } } }
`

beforeAll(async () => {
  service = await startOwnService()
  ;({ folder, data, url } = service)
  await writeFile(join(folder, 'tiny.yaml'), spec)
}, 120_000)

afterAll(() => service.stop(), 120_000)

test('run shows the report and further commands, and every other command finds its results', async () => {
  const ran = await goalpost(['run', 'tiny.yaml'])
  expect(ran).toMatchObject({ code: 0 })
  const lines = ran.out.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(60)
  const answer = lines.slice(-15).join('\n')
  for (const condition of ['light', 'heavy']) expect(answer).toMatch(new RegExp(`^\\S ${condition}`, 'm'))
  expect(answer).toMatch(/✓ finished {2}tiny/)
  expect(answer).toContain('npx goalpost verify')
  expect(answer).toMatch(/^ {2}npx goalpost results \S+ --full +the whole report here/m)

  const list = await json(page(experimentSummary), ['list'])
  expect(list.items).toMatchObject([{ name: 'tiny', state: 'succeeded', conditions: 2, seeds: 2 }])
  const id = list.items[0]?.id ?? ''
  for (const reference of ['last', 'tiny', id, id.slice(0, 13)]) {
    expect((await json(experimentView, ['show', reference])).id).toBe(id)
  }
  expect((await json(resultsView, ['results', 'last'])).status).toBe('final')
  expect((await json(resultsView, ['watch', 'last'])).status).toBe('final')
  expect(
    (await json(comparisonView, ['compare', `${id}:light`, 'tiny:heavy'])).arms.map(({ condition }) => condition),
  ).toEqual(['light', 'heavy'])
  for (const baseline of ['heavy', `${id}:heavy`])
    expect((await json(comparisonView, ['compare', 'last', '--baseline', baseline])).arms[0]?.condition).toBe('heavy')
  for (const baseline of ['last:haevy', 'haevy']) {
    const refused = await goalpost(['compare', 'last', '--baseline', baseline])
    expect(refused.code).not.toBe(0)
    expect(refused.err).toMatch(/baseline.*Did you mean `heavy`/s)
  }
  for (const args of [
    ['list'],
    ['show', 'last'],
    ['show', 'last', '--tasks'],
    ['results', 'last'],
    ['results', 'last', '--full'],
    ['results', 'last', '--csv'],
    ['compare', 'last'],
    ['logs', 'tiny:light'],
    ['logs', 'tiny:light/1'],
    ['logs', 'last'],
  ]) {
    expect(await goalpost(args)).toMatchObject({ code: 0 })
  }
}, 120_000)

test('a command line sets fields of the spec, and respects its timeout', async () => {
  const preview = await json(previewView, ['preview', 'tiny.yaml', '--seeds', '3', '--set', 'options.draws=8192'])
  expect(preview).toMatchObject({ runs: 6, resolved: { seeds: [0, 1, 2] } })
  expect(preview.resolved.conditions[0]?.options).toMatchObject({ draws: 8192 })
  const ran = await goalpost(['run', 'tiny.yaml', '--seeds', '50', '--set', 'name=patience', '--timeout', '0.1s'])
  expect(ran).toMatchObject({ code: 124, out: '', err: expect.stringMatching(/Not finished after[^]*keeps running/) })
  await goalpost(['cancel', 'patience'])
}, 120_000)

test('a report goes to standard output, or to a new file', async () => {
  await goalpost(['run', 'tiny.yaml'])
  const shown = await goalpost(['report', 'tiny', '--out', '-'])
  expect(shown.out).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i)
  expect(await goalpost(['report', 'tiny'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('tiny.html: final'),
  })
  expect(await goalpost(['report', 'tiny'])).toMatchObject({ code: 5, err: expect.stringContaining('--force') })
  expect(await goalpost(['report', 'tiny', '--force'])).toMatchObject({ code: 0 })
}, 120_000)

test('a verdict that is not as expected ends run, watch and results with exit code 13, and CI can read the verdicts', async () => {
  const ran = await goalpost(['run', 'tiny.yaml', '--fail-on', 'undetermined', '--junit', 'out/verdicts.xml'])
  expect(ran).toMatchObject({ code: 13, out: expect.stringMatching(/^✗ heavy.*: must not be undetermined$/m) })
  expect(await readFile(join(folder, 'out/verdicts.xml'), 'utf8')).toMatch(/tests="2" failures="1" errors="0"/)

  const summary = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') }
  const watched = await goalpost(['watch', 'tiny', '--expect', 'light=benign', '--github-summary'], summary)
  expect(watched).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ light.*: benign, as expected$/m) })
  expect(await readFile(summary.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/^### tiny: as expected\n[^]*\| light/)

  const found = await goalpost(['results', 'tiny', '--json', '--expect', 'benign'])
  expect(found).toMatchObject({ code: 13, err: expect.stringMatching(/^✗ heavy/m) })
  expect(resultsView.parse(JSON.parse(found.out)).status).toBe('final')
}, 120_000)

test('expectations with unknown names are refused before anything is submitted', async () => {
  const [before] = (await json(page(experimentSummary), ['list'])).items
  for (const args of [
    ['--fail-on', 'catastrophe'],
    ['--expect', 'ligth=benign'],
  ])
    expect(await goalpost(['run', 'tiny.yaml', '--set', 'name=never', ...args])).toMatchObject({ code: 2 })
  expect((await json(page(experimentSummary), ['list'])).items[0]?.id).toBe(before?.id)
}, 120_000)

test('the spec of init runs, and does not overwrite another', async () => {
  expect(await goalpost(['init', 'mine.yaml'])).toMatchObject({ code: 0 })
  expect((await json(previewView, ['preview', 'mine.yaml'])).resolved.name).toBe('mine')
  expect(await goalpost(['init', 'mine.yaml'])).toMatchObject({ code: 5 })
  expect(await goalpost(['init', 'other.yaml', '--from', 'smok'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('Did you mean `smoke`?'),
  })
}, 60_000)

test('completion knows every command and its options, for known shells', async () => {
  const { out } = await goalpost(['completion', 'bash'])
  const complete = (words: string, index: number) =>
    new Promise<string>((resolve) => {
      const call = `${out.trim()}; COMP_WORDS=(${words}); COMP_CWORD=${index}; _goalpost; echo "\${COMPREPLY[@]}"`
      execFile('bash', ['-c', call], (_error, text) => resolve(text))
    })
  expect(await complete('goalpost resul', 1)).toBe('results\n')
  expect(await complete('goalpost results --c', 2)).toBe('--csv\n')
  expect((await goalpost(['completion', 'fish'])).out).toContain("-l csv -d '")
  expect(await goalpost(['completion', 'csh'])).toMatchObject({ code: 2 })
})

test('preview stores nothing, and with a key submitting twice is harmless', async () => {
  const preview = await json(previewView, ['preview', 'tiny.yaml'])
  expect(preview.runs).toBe(4)
  const before = await json(page(experimentSummary), ['list'])
  const one = await json(experimentView, ['submit', 'tiny.yaml', '--idempotency-key', 'once'])
  const same = await json(experimentView, ['submit', 'tiny.yaml', '--idempotency-key', 'once'])
  expect(same.id).toBe(one.id)
  expect((await json(page(experimentSummary), ['list'])).items).toHaveLength(before.items.length + 1)
}, 120_000)

test('verify recomputes and finds the same results', async () => {
  await goalpost(['run', 'tiny.yaml'])
  const ran = await goalpost(['verify', 'tiny', '--json'])
  expect(ran).toMatchObject({ code: 0 })
  expect(JSON.parse(ran.out)).toMatchObject({ verified: true })
  expect((await json(experimentView, ['show', 'last'])).name).toBe('tiny')
}, 120_000)

test('extend computes only new tasks, cancel stops, retry continues', async () => {
  await goalpost(['run', 'tiny.yaml'])
  const before = await json(experimentView, ['show', 'last'])
  const extended = await json(experimentView, ['extend', 'last', '--seeds', '10..11'])
  expect(extended).toMatchObject({ id: before.id, seeds: 4 })
  expect(extended.resolved.seeds).toEqual([0, 1, 10, 11])
  expect((await json(resultsView, ['watch', 'last'])).status).toBe('final')
  const after = await json(experimentView, ['show', 'last'])
  expect(after).toMatchObject({ state: 'succeeded' })
  expect(after.runs.slice(0, 4).map(({ resultHash }) => resultHash)).toEqual(
    before.runs.map(({ resultHash }) => resultHash),
  )

  await writeFile(join(folder, 'long.yaml'), spec.replace('seeds: 2', 'seeds: 60').replace('name: tiny', 'name: long'))
  await json(experimentView, ['submit', 'long.yaml'])
  expect(await json(experimentView, ['cancel', 'long'])).toMatchObject({ state: 'cancelled' })
  expect((await goalpost(['watch', 'long'])).code).toBe(11)
  expect((await json(experimentView, ['retry', 'long'])).state).toMatch(/waiting|running/)
  expect(await json(experimentView, ['cancel', 'long'])).toMatchObject({ state: 'cancelled' })
}, 120_000)

test('a hang-up does not end what was started with nohup', async () => {
  await writeFile(join(folder, 'held.yaml'), spec.replace('name: tiny', 'name: held').replace('65536', '65537'))
  await json(experimentView, ['submit', 'held.yaml'])
  await goalpost(['pause', 'held'])
  const env = { PATH: process.env['PATH'], HOME: folder, GOALPOST_DATA: data }
  const watching = spawn('nohup', [process.execPath, program, 'watch', 'held'], { cwd: folder, env, stdio: 'pipe' })
  const ended = once(watching, 'exit')
  let shown = ''
  watching.stdout.on('data', (text: Buffer) => (shown += text))
  let said = ''
  watching.stderr.on('data', (text: Buffer) => (said += text))
  // What is said first is nohup's; the program follows with its progress.
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/\d\s?%/)
  watching.kill('SIGHUP')
  await goalpost(['resume', 'held'])
  // It is still there to see the end: what it shows is the report of a finished experiment.
  expect(await ended).toEqual([0, null])
  expect(await json(experimentView, ['show', 'held'])).toMatchObject({ state: 'succeeded' })
  expect(shown).toBe((await goalpost(['results', 'held'])).out)
}, 60_000)

test('workers shows the workers and their engines', async () => {
  const read = () => json(fleetView, ['workers'])
  await expect.poll(read, { timeout: 30_000, interval: 500 }).toMatchObject({ workers: 1, starting: 0 })
  const fleet = await read()
  expect(fleet.items[0]?.queues).toContainEqual({ device: 'cpu', slots: 2, shortSlots: 1 })
  expect(fleet.engines).toContainEqual({ name: 'tfjs:wasm', device: 'cpu', workers: 1, slots: 2 })
  expect((await goalpost(['workers'])).out).toMatch(/^1 worker, 2 tasks at a time\n[^]*tfjs:wasm +cpu +1 +2/)
}, 60_000)

test('an engine that no worker has causes a warning before and after submission', async () => {
  const fleet = await json(fleetView, ['workers'])
  const absent = ['onnx:cuda', 'tfjs:webgpu'].find((name) => !fleet.engines.some((engine) => engine.name === name))!
  const smoke = await readFile(new URL('../../../examples/smoke.yaml', import.meta.url), 'utf8')
  await writeFile(join(folder, 'absent.yaml'), `${smoke}\nresources: { engine: '${absent}' }\n`)
  const warning = `waiting for a worker with ${absent} on a GPU; none is running`
  expect((await goalpost(['preview', 'absent.yaml'])).out.replaceAll(/\s+/g, ' ')).toContain(warning)
  const submitted = await goalpost(['submit', 'absent.yaml'])
  expect(submitted).toMatchObject({ code: 0, out: expect.stringContaining(`! ${warning}`) })
  await goalpost(['cancel', 'last'])
  // Tasks without tensors do not wait for an engine, even if their spec requests one.
  await writeFile(join(folder, 'tensorless.yaml'), `${spec}resources: { engine: '${absent}' }\n`)
  expect((await goalpost(['preview', 'tensorless.yaml'])).out).not.toContain('waiting for')
}, 120_000)

test('doctor checks everything, with or without a service, and its exit code shows whether Goalpost can run', async () => {
  const examined = z.strictObject({
    healthy: z.boolean(),
    revision: z.string(),
    checks: z.array(doctorCheck),
    engines: z.array(probedEngine),
  })
  const { healthy, checks, engines } = await json(examined, ['doctor'])
  expect(healthy).toBe(true)
  expect(checks.map(({ name, status }) => [name, status])).toEqual([
    ['Node', 'ok'],
    ['data folder', 'ok'],
    ['disk', expect.stringMatching(/ok|warning/)],
    ['PostgreSQL', 'ok'],
    ...(existsSync('/dev/shm') ? [['shared memory', expect.stringMatching(/ok|warning/)]] : []),
    ['sandbox', expect.stringMatching(/ok|warning/)],
    // The warning is for a commit in the meantime.
    ['service', expect.stringMatching(/ok|warning/)],
  ])
  const wasm = engines.find(({ name }) => name === 'tfjs:wasm')
  expect(wasm).toMatchObject({ missing: null, device: 'cpu', threads: 1, remedy: null })
  expect(wasm?.updateMs).toBeGreaterThan(0)
  for (const { missing, remedy } of engines) expect(missing === null).toBe(remedy === null)

  const alone = await goalpost(['doctor', `--data=${join(folder, 'tiny.yaml')}`], { REDIS_URL: 'redis://127.0.0.1:1' })
  expect(alone.code).toBe(6)
  expect(alone.out).toMatch(/data folder +✗ failed/)
  expect(alone.out).toMatch(/Redis server +✗ failed/)
  expect(alone.out).toMatch(/Goalpost cannot run here/)
}, 120_000)

test.each([
  ['C', {}],
  ['POSIX', { LANG: 'en_US.UTF-8' }],
])('the locale %s is drawn in ASCII', async (locale, other) => {
  const { out } = await goalpost(['list'], { LANG: locale, ...other, LC_ALL: locale })
  expect(out).not.toBe('')
  // oxlint-disable-next-line no-control-regex -- ASCII is what this is about
  expect(out).toMatch(/^[\x00-\x7f]*$/)
})

test('a service below a path of its host is found there, with or without a slash at its end', async () => {
  const key = await readFile(join(data, 'api-key'), 'utf8')
  const proxy = createServer((request, response) => {
    const within = request.url?.startsWith('/labs/goalpost/v1/') === true
    if (!within) return void response.writeHead(404).end()
    const headers = { authorization: request.headers.authorization ?? '' }
    void fetch(`${url}${request.url?.slice('/labs/goalpost'.length)}`, { headers }).then(async (answer) =>
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()),
    )
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as { port: number }
  for (const end of ['', '/']) {
    const env = { GOALPOST_URL: `http://127.0.0.1:${port}/labs/goalpost${end}`, GOALPOST_API_KEY: key.trim() }
    expect(await goalpost(['list', '--json'], env)).toMatchObject({ code: 0 })
  }
  proxy.close()
})

test('the catalog holds every protocol and its entries', async () => {
  const { protocols, entries } = await json(
    z.strictObject({ protocols: z.array(protocolView), entries: z.array(catalogEntry) }),
    ['catalog'],
  )
  expect(protocols.length).toBeGreaterThan(0)
  expect(entries.length).toBeGreaterThan(0)
  const ran = await goalpost(['catalog', entries[0]?.name ?? ''])
  expect(ran.out).toContain(entries[0]?.title)
  const properties = Object.entries(entries[0]?.parametersSchema.properties as Record<string, { default?: unknown }>)
  expect(properties.length).toBeGreaterThan(0)
  for (const [name, { default: value }] of properties) {
    expect(ran.out).toMatch(new RegExp(`^${name} +${value === undefined ? '' : JSON.stringify(value)}`, 'm'))
  }
})

test('a parameter with fields is shown field by field, as in a spec', async () => {
  const ran = await goalpost(['catalog', 'follow-me'])
  expect(ran.out).toMatch(/^agents\.leader +"present" +present, absent/m)
})

test.each([
  ['a missing spec', ['run', 'none.yaml'], 3, /^goalpost: none\.yaml: there is no such file$/m],
  ['an unknown experiment', ['show', '01234567'], 3, /^goalpost: There is no experiment/m],
  ['an unknown command', ['lst'], 2, /unknown command 'lst'\n\(Did you mean list\?\)/],
  ['an unknown option', ['list', '--stat=x'], 2, /unknown option/],
  ['an unknown state', ['list', '--state=x'], 2, /--state must be one of waiting/],
  ['a port in use', ['up', '--data=./other', `--port=PORT`], 5, /^goalpost: Port \d+ of 127\.0\.0\.1 is in use/m],
  [
    'a data folder in use',
    ['up', '--port=0'],
    5,
    /^goalpost: The data folder .* is in use by a running service \(pid \d+, at http/m,
  ],
  [
    'a data folder that is none',
    ['up', '--port=0', '--data=tiny.yaml'],
    2,
    /^goalpost: The data folder .* is not a folder/m,
  ],
  ['a wrong key', ['list', '--url=URL'], 4, /^goalpost: /m, { GOALPOST_API_KEY: `gp_${'x'.repeat(43)}` }],
  ['no key', ['list', '--url=URL'], 4, /^goalpost: Set GOALPOST_API_KEY/m],
  [
    'a service that is down',
    ['list', '--url=http://127.0.0.1:9'],
    6,
    /^goalpost: No answer from/m,
    { GOALPOST_API_KEY: `gp_${'x'.repeat(43)}` },
  ],
  [
    'seeds that end before they begin',
    ['extend', 'last', '--seeds', '3..1'],
    2,
    /--seeds 3\.\.1 ends before it begins: write 1\.\.3/,
  ],
  ['a malformed URL', ['list', '--url=localhost'], 2, /must begin with http/],
])('%s is one clear line and an exit code', async (_what, args, code, message, env: Record<string, string> = {}) => {
  const real = args.map((arg) => arg.replace('PORT', new URL(url).port).replace('URL', url))
  const ran = await goalpost(real, env)
  expect(ran).toMatchObject({ code, out: '' })
  expect(ran.err).toMatch(message)
})

test('issues from the service are shown at their lines, and as JSON if requested', async () => {
  await writeFile(join(folder, 'wrong.yaml'), spec.replace('draws: 65536', 'darws: 65536'))
  const ran = await goalpost(['run', 'wrong.yaml'])
  expect(ran).toMatchObject({ code: 2, out: '' })
  expect(ran.err).toMatch(/\/options\/darws.*\(line 5, column 12\): unknown field `darws`\n +→ Did you mean `draws`\?/)
  const machine = await goalpost(['run', 'wrong.yaml', '--json'])
  expect(JSON.parse(machine.out)).toMatchObject({
    error: { code: 'invalid-spec', issues: [{ message: 'unknown field `darws`' }] },
  })
})

test('the error of a wrong command line is also JSON if requested', async () => {
  const ran = await goalpost(['list', '--stat=x', '--json'])
  expect(ran).toMatchObject({ code: 2 })
  expect(JSON.parse(ran.out)).toEqual({
    error: { code: 'invalid-request', message: expect.stringContaining("unknown option '--stat=x'"), issues: [] },
  })
})

/** The result of `goalpost …` in a shell with redirected output. */
function inShell(line: string): Promise<Ran> {
  const own = { PATH: process.env.PATH, HOME: folder, GOALPOST_DATA: data, NO_COLOR: '1' }
  const words = ['-c', line.replaceAll('goalpost', `"${process.execPath}" "${program}"`)]
  return new Promise((resolve) => {
    execFile('bash', words, { env: own, cwd: folder }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err })
    })
  })
}

test.each([
  ['a reader that stops early', 'goalpost --help | true; exit ${PIPESTATUS[0]}', 0, /^$/],
  ['errors without a reader', 'goalpost show none 2>&1 | true; exit ${PIPESTATUS[0]}', 3, /^$/],
])('%s changes no exit code and leaves no trace', async (_what, line, code, message) => {
  const ran = await inShell(line)
  expect(ran).toMatchObject({ code })
  expect(ran.err).toMatch(message)
})

test.runIf(existsSync('/dev/full'))('output that cannot be written is reported as an error', async () => {
  const ran = await inShell('goalpost version > /dev/full')
  expect(ran).toMatchObject({ code: 1 })
  expect(ran.err).toMatch(/^goalpost: Standard output cannot be written: ENOSPC/)
})

const policySpec = `apiVersion: goalpost/v1
protocol: rl-shift
name: policies
seeds: 1
options:
  environment: corner
  parameters: { size: 3, maxSteps: 8, discount: 0.9 }
  steps: 256
  network: { kind: mlp, hidden: [8], crop: 1 }
  ppo: { environments: 16, rolloutSteps: 8, minibatches: 1 }
  evaluation: { checkpoints: 1, batch: 16 }
  suites:
    - { name: iid, role: in-distribution, distribution: training, levels: 16 }
    - { name: shifted, role: shifted, distribution: distinguishing, levels: 16 }
`

test('a policy is exported as a file and imported again; a missing file is reported at its line', async () => {
  await writeFile(join(folder, 'policies.yaml'), policySpec)
  expect(await goalpost(['run', 'policies.yaml'])).toMatchObject({ code: 0 })
  const exported = await goalpost(['export', 'policies', '--out', 'policy.onnx', '--json'])
  const { items }: { items: { file: string; step: number; hash: string }[] } = JSON.parse(exported.out)
  expect(items).toMatchObject([{ file: 'policy.onnx', step: 256 }])
  const [{ hash }] = items
  expect((await goalpost(['upload', 'policy.onnx'])).out).toBe(`${hash}\n`)
  expect(await goalpost(['export', 'policies', '--out', 'policy.onnx'])).toMatchObject({
    code: 5,
    err: expect.stringMatching(/policy\.onnx already exists/),
  })
  const { id, runs } = await json(experimentView, ['show', 'policies'])
  const condition = runs[0]?.condition ?? ''
  expect(await goalpost(['export', `policies:${condition}`, '--out', 'models/'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^models\/\S+-256\.onnx/),
  })
  expect(await goalpost(['export', 'policies:other'])).toMatchObject({ code: 3 })
  await writeFile(join(folder, 'again.yaml'), `${policySpec}  policy: { onnx: 'file:policy.onnx' }\n`)
  const again = await json(experimentView, ['submit', 'again.yaml'])
  expect(again.resolved.conditions[0].options).toMatchObject({ policy: { onnx: hash } })
  await writeFile(join(folder, 'gone.yaml'), `${policySpec}  policy: { onnx: 'file:gone.onnx' }\n`)
  const gone = await goalpost(['run', 'gone.yaml'])
  expect(gone).toMatchObject({
    code: 2,
    err: expect.stringMatching(/policy\/onnx \(line 15, .*gone\.onnx: there is no such file/),
  })
  expect(await goalpost(['export', 'policies', '--step', '7'])).toMatchObject({ code: 3 })

  const from = (reference: string) => ['models', 'register', 'rat', '--from', reference]
  // By its id: the name is that of a newer experiment now.
  const version = await json(modelVersionView, from(`${id}:${condition}/${runs[0]?.seed}@256`))
  const taskId = runs[0]?.tasks.find(({ kind }) => kind === 'train')?.id
  expect(version).toMatchObject({ number: 1, step: 256, hash, experimentId: id, taskId })
  expect((await goalpost(from(id))).out).toContain('registered before')
  expect(await goalpost(from(`${id}@7`))).toMatchObject({
    code: 3,
    err: expect.stringMatching(/of the steps .*256/),
  })
  expect(await goalpost(from(`${id}:other/0@256`))).toMatchObject({
    code: 3,
    err: expect.stringContaining(condition),
  })
}, 120_000)

test('version and help need no service', async () => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  expect((await goalpost(['version'])).out).toBe(`goalpost ${version} (Node ${process.versions.node})\n`)
  expect((await goalpost(['--version'])).out).toBe((await goalpost(['version'])).out)
  const overview = await goalpost(['--help'])
  expect(overview).toMatchObject({ code: 0, out: expect.stringMatching(/run \[options\] <spec>/) })
  expect((await goalpost(['help'])).out).toBe(overview.out)
  const help = await goalpost(['help', 'report'])
  expect(help).toMatchObject({
    code: 0,
    out: expect.stringMatching(/--out <path>[^]*Examples:\n {2}npx goalpost report/),
  })
  expect(await goalpost([])).toMatchObject({ code: 0 })
})

test('commands of protocols come from the service, with their help, and explain errors', async () => {
  const sampled = await json(toolAnswer, ['levels', 'sample', 'corner', '--count', '2', '--parameters', '{size: 4}'])
  expect(sampled.data.items).toHaveLength(2)
  const [file] = sampled.files
  const out = join(folder, 'level')
  const shown = await goalpost(['levels', 'show', file?.hash ?? '', '--ascii', '--svg', '--out', out])
  expect(shown).toMatchObject({ code: 0 })
  expect(shown.out).toContain('############')
  expect(await readFile(join(out, 'level.svg'), 'utf8')).toContain('<svg')
  expect((await goalpost(['levels', 'replay', '--help'])).out).toContain('--actions <value>')
  expect((await goalpost(['help'])).out).toMatch(/^ {2}levels sample +draw levels/m)
  expect((await goalpost(['help', 'levels'])).out).toContain('replay [options]')
  const refused = await goalpost(['levels', 'replay', file?.hash ?? '', '--actions', 'jump'])
  expect(refused).toMatchObject({ code: 2 })
  expect(refused.err).toContain('/actions')
  expect(await goalpost(['frobnicate'])).toMatchObject({
    code: 2,
    err: expect.stringContaining("unknown command 'frobnicate'"),
  })
}, 60_000)

test('the reason of a failed task is in every view of its experiment, and in the last line of a run', async () => {
  await writeFile(join(folder, 'broken.onnx'), 'no model at all')
  const refused = policySpec.replace('name: policies', 'name: refused')
  await writeFile(join(folder, 'refused.yaml'), `${refused}  policy: { onnx: 'file:broken.onnx' }\n`)
  const ran = await goalpost(['run', 'refused.yaml'])
  expect(ran.code).toBe(10)
  const { runs, sharedTasks } = await json(experimentView, ['show', 'refused'])
  const failed = [...runs.flatMap(({ tasks }) => tasks), ...sharedTasks].filter(
    ({ state, attempts }) => state === 'failed' && attempts > 0,
  )
  const reason = failed[0]?.failure?.message ?? ''
  expect(reason).not.toBe('')
  expect(ran.err.trimEnd().split('\n').at(-1)).toMatch(/^goalpost: refused failed: /)
  const views = [
    ['show', 'refused'],
    ['results', 'refused'],
    ['report', 'refused', '--out', '-'],
  ]
  const shown = await Promise.all(views.map((args) => goalpost(args)))
  // HTML escapes quotes, and the terminal may break lines.
  const start = /^[\w ]*/.exec(reason)?.[0] ?? ''
  expect(start.length).toBeGreaterThan(8)
  for (const text of [ran.out, ran.err, ...shown.map(({ out }) => out)]) expect(text).toContain(start)
}, 120_000)
