import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { program } from './own-service.ts'

const run = promisify(execFile)

test.runIf(process.platform === 'linux')('a limit on address space ends with its remedy, without a stack', async () => {
  const started = run('sh', ['-c', `ulimit -v 4000000; exec "${process.execPath}" "${program}" version`])
  const { code, stderr } = await started.then(
    () => ({ code: 0, stderr: '' }),
    (error: { readonly code: number; readonly stderr: string }) => error,
  )
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'goalpost: WebAssembly reserves more address space than the limit of this shell allows: run `ulimit -v unlimited` first\n',
  })
})
