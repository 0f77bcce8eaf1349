import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const runtime = pathToFileURL(path.join(import.meta.dirname, 'runtime.ts')).href

/** Loads the runtime and asks it for a session in an environment that has nothing but a home folder. */
function run(statement: string) {
  const home = mkdtempSync(path.join(tmpdir(), 'home-'))
  const program = `import { loadRuntime, createSession } from ${JSON.stringify(runtime)}
    import { Worker } from 'node:worker_threads'
    ${statement}`
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
  const { status, stdout, stderr } = spawnSync(process.execPath, flags, { env: { HOME: home }, encoding: 'utf8' })
  return { status, output: stdout + stderr, files: readdirSync(home, { recursive: true }) }
}

test('the runtime neither reports anything nor writes an identifier of the machine', () => {
  const setup = "{ provider: 'cpu', threads: 1, kept: [] }"
  const { status, output, files } = run(`
    const loaded = loadRuntime('onnx:cpu', 'cpu')
    await createSession(loaded, new Uint8Array(3), ${setup}).catch(({ message }) => console.log(message))`)
  expect(output).toContain('protobuf parsing failed')
  expect({ status, files }).toEqual({ status: 0, files: [] })
})

test('threads whose settings native code does not see may not load it', () => {
  const { output } = run(`
    const inside = "import(" + ${JSON.stringify(JSON.stringify(runtime))} + ").then(({ loadRuntime }) => loadRuntime('onnx:cpu', 'cpu'))"
    new Worker(inside, { eval: true }).on('error', ({ message }) => console.log(message))`)
  expect(output).toContain('only the main thread of a process can disable its telemetry')
})
