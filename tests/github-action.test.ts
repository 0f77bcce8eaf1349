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
  // Prints what it was called with, an argument a line, and ends with the code of EXIT.
  program(
    bin,
    'npx',
    'printf "%s\\n" "$@"\nprintf "%s" "$SUMMARY" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"\nexit "${EXIT:-0}"',
  )
  program(bin, 'gh', 'printf "gh %s\\n" "$*"\ncat "$GITHUB_STEP_SUMMARY"\nexit "${GH_EXIT:-0}"')
  writeFileSync(path.join(workspace, 'my spec.yaml'), 'protocol: x\n')
})
afterAll(() => rmSync(workspace, { recursive: true }))

function program(bin: string, name: string, text: string): void {
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`)
  chmodSync(path.join(bin, name), 0o755)
}

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

  const service = { GOALPOST_URL: 'http://lab', GOALPOST_API_KEY: 'key' }

  test('checks all gates of a model, of the latest version unless told otherwise', () => {
    const { status, lines } = run({ MODEL: 'mouse', JUNIT: 'goalpost.xml', TIMEOUT: '6h', ...service })
    expect(status).toBe(0)
    expect(lines.slice(2)).toEqual(['gates', 'check', 'latest', '--model', 'mouse', '--wait', '--timeout', '6h'])
  })

  test('checks one gate of a version, with a summary', () => {
    const inputs = { MODEL: 'mouse', GATE: 'corner', VERSION: 'candidate', GITHUB_STEP_SUMMARY: '/dev/null' }
    expect(run({ ...inputs, ...service }).lines.slice(2)).toEqual([
      'gates',
      'check',
      'candidate',
      '--model',
      'mouse',
      '--wait',
      '--gate',
      'corner',
      '--github-summary',
    ])
  })

  describe('the summary', () => {
    const pull = { GH_TOKEN: 'secret', GITHUB_REF: 'refs/pull/17/merge', GITHUB_REPOSITORY: 'lab/mouse' }
    const checked = { MODEL: 'mouse', ...service, SUMMARY: '| a table |\n', EXIT: '14' }
    const runWithSummary = (inputs: Record<string, string>) => {
      const file = path.join(workspace, 'summary.md')
      writeFileSync(file, 'of another step\n')
      const ended = run({ ...checked, ...inputs, GITHUB_STEP_SUMMARY: file })
      return {
        ...ended,
        summary: readFileSync(file, 'utf8'),
        asked: ended.lines.filter((line) => line.startsWith('gh ')),
      }
    }

    test('is appended to that of the job, and is the one comment on the pull request', () => {
      const { status, summary, asked, lines } = runWithSummary(pull)
      expect(summary).toBe('of another step\n| a table |\n')
      expect(asked).toEqual([
        expect.stringMatching(/^gh pr comment 17 --repo lab\/mouse --edit-last --create-if-none --body-file \//),
      ])
      expect(lines.at(-1)).toBe('| a table |')
      expect(status).toBe(14)
    })

    test.each([
      ['without a token', { ...pull, GH_TOKEN: '' }],
      ['outside a pull request', { ...pull, GITHUB_REF: 'refs/heads/main' }],
      ['if it is empty', { ...pull, SUMMARY: '' }],
    ])('is no comment %s', (_, inputs) => expect(runWithSummary(inputs).asked).toEqual([]))

    test('that cannot be a comment is a warning, and leaves the exit code', () => {
      const { status, lines } = runWithSummary({ ...pull, GH_EXIT: '1' })
      expect(lines.at(-1)).toMatch(/^::warning .*pull-requests: write/)
      expect(status).toBe(14)
    })
  })

  test('ends with the exit code of the command', () => {
    const { status } = run({ MODEL: 'mouse', ...service, EXIT: '14' })
    expect(status).toBe(14)
  })

  test.each([
    [{}, 'Give spec, experiment or model'],
    [{ SPEC: 'my spec.yaml', EXPERIMENT: 'x' }, 'only one of'],
    [{ MODEL: 'mouse', EXPERIMENT: 'x' }, 'only one of'],
    [{ MODEL: 'mouse' }, 'model needs the url'],
    [{ MODEL: 'mouse', ...service, FAIL_ON: 'undetermined' }, 'are for experiments'],
    [{ EXPERIMENT: 'x', VERSION: '3' }, 'gate and version need model'],
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
