import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { program } from './own-service.ts'

const run = promisify(execFile)
let cache = ''
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'goalpost-cache-'))
})
afterAll(() => rm(cache, { recursive: true, force: true }))

async function limited(command: string) {
  const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache }
  const started = run('sh', ['-c', `ulimit -v 4000000; exec "${process.execPath}" "${program}" ${command}`], { env })
  return started.then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { readonly code: number; readonly stderr: string }) => ({ code, stderr }),
  )
}

const refused = {
  code: 1,
  stderr:
    'goalpost: WebAssembly reserves more address space than the limit of this shell allows: run `ulimit -v unlimited` first\n',
}

test.runIf(process.platform === 'linux')('a limit on address space ends with its remedy, without a stack', async () => {
  expect(await limited('version')).toEqual(refused)
  // With the compile cache only what was not run before needs WebAssembly.
  await run(process.execPath, [program, 'version'], { env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache } })
  expect(await limited('version')).toEqual({ code: 0, stderr: '' })
  expect(await limited('list')).toEqual(refused)
})
