#!/usr/bin/env node
// Plain JavaScript for any Node: starts the program with Node 24, which the npm package `node` installs.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import nodeModule, { createRequire } from 'node:module'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

const needed = 24

/** The binary of the npm package `node`, on any platform. */
function findNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json')
    const { bin, version } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (Number.parseInt(version, 10) < needed) return null
    const program = join(dirname(manifest), typeof bin === 'string' ? bin : bin.node)
    // Without the package's install script there is no program.
    return existsSync(program) ? program : null
  } catch {
    return null
  }
}

function startAgain(node) {
  // This file again, so that the compile cache is enabled there too.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // The program decides when to end. If this process is killed, the program notices by the IPC channel.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`Node ${needed} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]))
}

function fail(message) {
  process.stderr.write(`goalpost: ${message}\n`)
  process.exit(1)
}

if (Number.parseInt(process.versions.node, 10) >= needed) {
  // The compile cache halves start-up time, also that of the service and of each trainer, which inherit the variable.
  env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache')
  nodeModule.enableCompileCache()
  await import(new URL('../src/main.ts', import.meta.url).href).catch((error) => {
    if (!(error instanceof RangeError && error.message.includes('Wasm memory'))) throw error
    fail('WebAssembly reserves more address space than the limit of this shell allows: run `ulimit -v unlimited` first')
  })
} else {
  const node = findNode()
  if (node === null)
    fail(
      `Node ${needed} is needed, this is ${process.versions.node}. npm installs it as the package \`node\`, unless install scripts are ` +
        'skipped: run `npm rebuild node` where Goalpost is installed, or install Node yourself',
    )
  else startAgain(node)
}
