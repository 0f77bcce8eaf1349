import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { ManifestsView } from '@goalpost/contracts'
import { afterAll, expect, test } from 'vitest'

type Bill = {
  readonly bomFormat: string
  readonly components: readonly { readonly group?: string; readonly name: string }[]
}
type Report = { readonly experimentId: string; readonly state: string }

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-package-'))
const project = path.join(folder, 'project')
const data = path.join(folder, 'data')
const { GOALPOST_URL: _url, GOALPOST_API_KEY: _key, NODE_OPTIONS: _options, ...environment } = process.env
const env = { ...environment, GOALPOST_DATA: data, ONNXRUNTIME_NODE_INSTALL: 'skip', npm_config_fetch_retries: '1' }
const options = { cwd: project, env, maxBuffer: 64 * 1024 * 1024 }

async function goalpost(...args: string[]): Promise<string> {
  return (await run(path.join(project, 'node_modules/.bin/goalpost'), args, options)).stdout
}

afterAll(async () => {
  await goalpost('down').catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

test('the packed command installs into a project of its own, runs an experiment and serves the dashboard', async () => {
  const packed = await run(process.execPath, ['scripts/release/pack.ts', '--out', folder], { cwd: root, env })
  const tarball = packed.stdout.trim()
  const bill = JSON.parse(readFileSync(tarball.replace(/\.tgz$/, '.cdx.json'), 'utf8')) as Bill
  const names = bill.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`))
  expect(bill.bomFormat).toBe('CycloneDX')
  expect(names).toContain('fastify')
  mkdirSync(project)
  // The project has a commit of its own, which is not that of the code.
  for (const args of [
    ['init', '-q'],
    ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'one', '--allow-empty'],
  ])
    execFileSync('git', args, { cwd: project })
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }')
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], options)

  await goalpost('init', 'first.yaml')
  const report = JSON.parse(await goalpost('run', 'first.yaml', '--json')) as Report
  expect(report.state).toBe('succeeded')

  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await goalpost('up', '--detach', '--port', '0', '--workers', '1'))?.[0]
  const page = await fetch(`${url}/`, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('<div id="root">')
  const headers = { authorization: `Bearer ${readFileSync(path.join(data, 'api-key'), 'utf8').trim()}` }
  const answer = await fetch(`${url}/v1/experiments/${report.experimentId}/manifests`, { headers })
  const { manifests } = (await answer.json()) as ManifestsView
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const commit = `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '-changed'}`
  expect(manifests.map(({ manifest }) => manifest.codeRevision)).toEqual(manifests.map(() => commit))
  expect(manifests[0]?.manifest.packages).toMatchObject({
    '@goalpost/learning': expect.any(String),
    zod: expect.any(String),
  })
})
