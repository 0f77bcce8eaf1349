import { expect, test } from 'vitest'
import type { Context } from './context.ts'
import { createProgram } from './program.ts'
import { createTerminal } from './terminal/terminal.ts'

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const context: Context = {
    // Nothing listens there, so a command that contacts a service fails.
    env: { GOALPOST_URL: 'http://127.0.0.1:9', GOALPOST_API_KEY: 'none' },
    terminal: createTerminal({ columns: 80, unicode: true, colour: false }),
    interactive: false,
    animated: false,
    keys: () => null,
    screen: () => ({ columns: 80, rows: 24 }),
    onResize: () => () => undefined,
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    draw: () => undefined,
    account: { root: false, home: '/nowhere' },
    interrupted: new AbortController().signal,
    now: () => 0,
  }
  const code = await createProgram(context).run(args)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test.each([
  [['--version']],
  [['-V']],
  [['--data', '/nowhere', '--version']],
  [['--version', '--url', 'http://nowhere']],
])('the version is printed for %j', async (args) => {
  expect(await run(...args)).toEqual({ code: 0, out: expect.stringMatching(/^goalpost \S+ \(Node /), err: '' })
})

test('the version is JSON if requested', async () => {
  expect(JSON.parse((await run('--json', '--version')).out)).toEqual({
    goalpost: expect.any(String),
    node: expect.any(String),
  })
})

test.each([
  [[]],
  [['help']],
  [['--help']],
  [['--json', '--help']],
  [['--data', '/nowhere']],
  [['--data', '/nowhere', '--help']],
])('all commands are listed on standard output for %j', async (args) => {
  expect(await run(...args)).toMatchObject({ code: 0, out: expect.stringMatching(/run \[options\] <spec>/), err: '' })
})

test('a misspelt command is answered with a suggestion', async () => {
  expect(await run('lsit')).toEqual({ code: 2, out: '', err: "goalpost: unknown command 'lsit'\n(Did you mean list?)" })
})

test('the error of an invalid command line is JSON if requested', async () => {
  const { code, out } = await run('--json', 'run', '--frob')
  expect(code).toBe(2)
  expect(JSON.parse(out)).toEqual({
    error: { code: 'invalid-request', message: "unknown option '--frob'", issues: [] },
  })
})

test('help of a command in a group is that command’s', async () => {
  const { code, out } = await run('help', 'keys', 'create')
  expect(code).toBe(0)
  expect(out).toContain('Usage: goalpost keys create [options] <name>')
  expect(out).toContain('npx goalpost keys create nightly')
})

test('a misspelt command of a group is answered with a suggestion', async () => {
  expect(await run('keys', 'lsit')).toEqual({
    code: 2,
    out: '',
    err: "goalpost: unknown command 'lsit'\n(Did you mean list?)",
  })
})
