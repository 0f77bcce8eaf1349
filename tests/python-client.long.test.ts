import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { createEmbedded } from './embedded.ts'

const run = promisify(execFile)
const clientFolder = path.resolve(import.meta.dirname, '../clients/python')
/** A machine with only Node cannot run it. */
const hasPython = spawnSync('python3', ['--version']).status === 0

describe.skipIf(!hasPython)('the Python client', () => {
  const embedded = createEmbedded({ workers: 2 })
  afterAll(async () => {
    await embedded.stop()
    embedded.remove()
  })

  test('its own tests pass against a running service', async () => {
    const { service } = await embedded.start()
    const { stderr } = await run('python3', ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], {
      cwd: clientFolder,
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: '1',
        GOALPOST_URL: service.url,
        GOALPOST_API_KEY: readFileSync(service.keyFile, 'utf8').trim(),
      },
    })
    expect(stderr).toMatch(/Ran \d+ tests in [\d.]+s\n\nOK\n$/)
  }, 300_000)
})
