/**
 * Runs every command of the `sh` blocks in README and docs, as a reader would paste them, in one new data folder.
 * Skips `npm ci` and `npm test`, which CI has just run. `goalpost up` keeps running for the commands below it.
 * With `--list` it only prints the commands; with file names it reads only these files.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
const data = mkdtempSync(path.join(tmpdir(), 'goalpost-docs-'))
const env = { ...process.env, GOALPOST_DATA: data, GOALPOST_PORT: '0', NO_COLOR: '1' }

type ServiceFile = { readonly url: string; readonly keyFile: string }
type Command = { readonly file: string; readonly line: string }

function documentedCommands(file: string): Command[] {
  const blocks = readFileSync(path.join(root, file), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)
  return (
    [...blocks]
      .flatMap(([, block]) => (block ?? '').split('\n'))
      .map((line) =>
        line
          .replace(/\s+#.*$/, '')
          .replace(/^npm ci( && |$)/, '')
          .trim(),
      )
      // Each command runs in its own shell, so exported variables are set from the service.
      .filter((line) => line !== '' && line !== 'npm test' && !line.startsWith('export '))
      .map((line) => ({ file, line }))
  )
}

function markdownFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) return markdownFiles(name)
    return name.endsWith('.md') ? [name] : []
  })
}

let service: ChildProcess | undefined

async function startService(line: string): Promise<boolean> {
  // Each page starts it for its readers; one is enough here.
  if (service !== undefined && service.exitCode === null) return true
  // A separate process group, interrupted as a whole like by Ctrl-C in a terminal.
  service = spawn('sh', ['-c', line], { cwd: root, env, stdio: 'ignore', detached: true })
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && service.exitCode === null) {
    if (existsSync(path.join(data, 'service.json'))) {
      nameService()
      return true
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

/** The variables that a reader exports: the service's URL and key. */
function nameService(): void {
  const { url, keyFile } = JSON.parse(readFileSync(path.join(data, 'service.json'), 'utf8')) as ServiceFile
  Object.assign(env, { GOALPOST_URL: url, GOALPOST_API_KEY: readFileSync(keyFile, 'utf8').trim() })
}

async function stopService(): Promise<void> {
  if (service === undefined || service.exitCode !== null) return
  process.kill(-(service.pid ?? 0), 'SIGINT')
  const deadline = Date.now() + 60_000
  while (existsSync(path.join(data, 'lock')) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100))
}

async function run({ file, line }: Command): Promise<boolean> {
  const started = Date.now()
  const isService = /\bgoalpost up\b/.test(line)
  const result = isService
    ? undefined
    : spawnSync('sh', ['-c', line], { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 28 })
  const succeeded = isService ? await startService(line) : result?.status === 0
  console.log(`${succeeded ? 'ok  ' : 'FAIL'} ${file}: ${line}  (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!succeeded) console.log(`${result?.stdout ?? ''}${result?.stderr ?? ''}`)
  return succeeded
}

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const commands = (named.length > 0 ? named : ['README.md', ...markdownFiles('docs')]).flatMap(documentedCommands)
if (process.argv.includes('--list')) for (const { file, line } of commands) console.log(`${file}: ${line}`)
else {
  let failed = 0
  for (const command of commands) if (!(await run(command))) failed++
  await stopService()
  console.log(`${commands.length - failed} documented commands ran, ${failed} failed`)
  // Nothing to run is a mistake in a file's name, or a page whose blocks are not of the kind `sh`.
  process.exitCode = failed === 0 && commands.length > 0 ? 0 : 1
}
rmSync(data, { recursive: true, force: true })
