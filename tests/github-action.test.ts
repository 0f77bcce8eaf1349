import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

type Action = {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly { readonly env?: Record<string, string> }[] }
}

const folder = path.resolve(import.meta.dirname, '../integrations/github-action')
const action: Action = parse(readFileSync(path.join(folder, 'action.yml'), 'utf8'))

let workspace: string
beforeAll(() => {
  workspace = mkdtempSync(path.join(tmpdir(), 'goalpost-action-'))
  const bin = path.join(workspace, 'bin')
  mkdirSync(bin)
  // Prints what it was called with, an argument a line.
  writeFileSync(path.join(bin, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\n')
  chmodSync(path.join(bin, 'npx'), 0o755)
  writeFileSync(path.join(workspace, 'my spec.yaml'), 'protocol: x\n')
})
afterAll(() => rmSync(workspace, { recursive: true }))

function run(inputs: Record<string, string>) {
  const env = { PATH: `${path.join(workspace, 'bin')}:${process.env.PATH}`, GITHUB_WORKSPACE: workspace, ...inputs }
  const { status, stdout } = spawnSync(path.join(folder, 'run.sh'), { env, encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n') }
}

describe('action.yml', () => {
  test('gives every input to the script, and no other', () => {
    expect(action.runs.using).toBe('composite')
    const used = action.runs.steps.flatMap(({ env = {} }) =>
      Object.values(env).map((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]),
    )
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)))
    expect(used).toHaveLength(Object.keys(action.inputs).length)
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/^[A-Z]/)
  })

  test('never puts an input into a command line, where it could be code', () => {
    const text = readFileSync(path.join(folder, 'action.yml'), 'utf8')
    for (const line of text.split('\n')) if (line.includes('${{')) expect(line).toMatch(/^\s+[A-Z_]+: \$\{\{ inputs\./)
  })
})

describe('run.sh', () => {
  test('runs a spec with expectations', () => {
    const { status, lines } = run({
      SPEC: 'my spec.yaml',
      EXPECT: 'alpha=0=mixed alpha=1=aligned',
      FAIL_ON: 'undetermined',
      TIMEOUT: '1h',
      JUNIT: 'out.xml',
      GITHUB_STEP_SUMMARY: '/dev/null',
    })
    expect(status).toBe(0)
    expect(lines).toEqual([
      '--no-install',
      'goalpost',
      'run',
      path.join(workspace, 'my spec.yaml'),
      '--expect',
      'alpha=0=mixed',
      'alpha=1=aligned',
      '--fail-on',
      'undetermined',
      '--timeout',
      '1h',
      '--junit',
      path.join(workspace, 'out.xml'),
      '--github-summary',
    ])
  })

  test('waits for an experiment', () => {
    expect(run({ EXPERIMENT: 'nightly' }).lines).toEqual(['--no-install', 'goalpost', 'watch', 'nightly'])
  })

  test.each([
    [{}, 'Give spec or experiment'],
    [{ SPEC: 'my spec.yaml', EXPERIMENT: 'x' }, 'not both'],
    [{ SPEC: 'other.yaml' }, 'There is no spec other.yaml'],
    [{ EXPERIMENT: 'x', GOALPOST_URL: 'http://lab' }, 'url needs api-key'],
  ])('%j is refused as an error of the workflow', (inputs, message) => {
    const { status, lines } = run(inputs)
    expect(status).toBe(2)
    expect(lines[0]).toMatch(/^::error title=Goalpost::/)
    expect(lines[0]).toContain(message)
  })

  test('what an input holds is not run', () => {
    const { lines } = run({ EXPERIMENT: '$(touch /tmp/goalpost-injected); `id`', EXPECT: '$(id)' })
    expect(lines.slice(2)).toEqual(['watch', '$(touch /tmp/goalpost-injected); `id`', '--expect', '$(id)'])
  })
})
