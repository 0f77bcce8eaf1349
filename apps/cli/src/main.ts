import { homedir } from 'node:os'
import type { Context } from './context.ts'
import { createProgram } from './program.ts'
import { readKeys } from './terminal/read-keys.ts'
import { createTerminal } from './terminal/terminal.ts'

const { env, stdin, stdout, stderr, argv } = process
// Otherwise React, which draws reports, checks every element for its developers: that takes three times as long.
env.NODE_ENV ??= 'production'

function createContext(): Context {
  const interruption = watchForInterruption()
  const interactive = stderr.isTTY && env.TERM !== 'dumb' && (env.CI ?? '') === ''
  return {
    env,
    terminal: createTerminal({
      columns: stdout.columns ?? 100,
      // The Linux console has no braille characters; other current terminals do.
      unicode: env.TERM !== 'linux' && env.TERM !== 'dumb' && (env.GOALPOST_ASCII ?? '') === '' && allowsUnicode(env),
      colour: (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' && ((env.FORCE_COLOR ?? '') !== '' || stdout.isTTY),
    }),
    interactive,
    animated: interactive && stdout.isTTY,
    keys: () => (interactive && stdout.isTTY && stdin.isTTY ? readKeys(stdin) : null),
    screen: () => ({ columns: stderr.columns ?? 80, rows: stderr.rows ?? 24 }),
    onResize(listener) {
      stderr.on('resize', listener)
      return () => void stderr.off('resize', listener)
    },
    print: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    draw: (text) => void stderr.write(text),
    account: { root: process.getuid?.() === 0, home: homedir() },
    interrupted: interruption,
    now: () => Date.now(),
  }
}

/** A locale with another encoding, or without one such as `C`, means ASCII; no locale means UTF-8. */
function allowsUnicode({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || 'UTF-8'
  return /utf-?8/i.test(locale)
}

/** One Ctrl-C may arrive twice: from the terminal, and forwarded by bin/goalpost.mjs. */
const sameInterruptionMs = 300

/** The first Ctrl-C stops gracefully, the second one exits at once. */
function watchForInterruption(): AbortSignal {
  const controller = new AbortController()
  let firstAt = 0
  const interrupt = (): void => {
    if (!controller.signal.aborted) firstAt = performance.now()
    else if (performance.now() - firstAt > sameInterruptionMs) process.exit(130)
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt)
  // `nohup` redirects every stream that is a terminal, and wants hang-ups ignored: Node has forgotten that at its start.
  const attached = stdin.isTTY || stdout.isTTY || stderr.isTTY
  process.on('SIGHUP', attached ? interrupt : () => undefined)
  // bin/goalpost.mjs may have started this process; when it ends, the user has gone.
  process.on('disconnect', interrupt)
  process.channel?.unref()
  return controller.signal
}

async function main(): Promise<void> {
  const context = createContext()
  const args = argv.slice(2)
  try {
    process.exitCode = await createProgram(context).run(args)
  } catch (error) {
    // bin/goalpost.mjs knows the remedy.
    if (error instanceof RangeError && error.message.includes('Wasm memory')) throw error
    const { describeFailure } = await import('./failure.ts')
    const failure = describeFailure(context.terminal, error)
    if (args.includes('--json')) context.print(JSON.stringify(failure.json, null, 2))
    for (const line of failure.lines) context.note(line)
    process.exitCode = failure.exit
  }
}

// A reader that closes the pipe early (`goalpost list | head -1`) is not an error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  stderr.write(`goalpost: Standard output cannot be written: ${error.message}\n`, () => process.exit(1))
})
// A closed standard error loses progress and messages; the exit code remains.
stderr.on('error', () => undefined)
await main()
