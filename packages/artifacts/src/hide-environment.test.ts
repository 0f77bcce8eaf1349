import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { hideSecrets } from './hide-environment.ts'

const program = `
  import { readFileSync } from 'node:fs'
  import { hideEnvironment } from ${JSON.stringify(fileURLToPath(new URL('./hide-environment.ts', import.meta.url)))}
  delete process.env.DELETED
  const hidden = hideEnvironment(['DELETED', 'KEPT', 'ABSENT'], process.env)
  const others = readFileSync('/proc/self/environ', 'utf8').split('\\0').filter((entry) => entry !== '')
  const { KEPT, VISIBLE, DELETED } = process.env
  console.log(JSON.stringify({ hidden, others, own: { KEPT, VISIBLE, DELETED } }))`

// /proc/PID/environ exists on Linux only.
test.skipIf(process.platform !== 'linux')(
  'other processes do not see values that are hidden, and the process keeps them',
  () => {
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
    const env = { VISIBLE: 'KEPT=é', DELETED: 'deleted-secret', KEPT: 'kept=sécret', SIMILAR_KEPT: 'too' }
    const printed = JSON.parse(execFileSync(process.execPath, flags, { env, encoding: 'utf8' })) as unknown
    expect(printed).toEqual({
      hidden: true,
      others: ['VISIBLE=KEPT=é', `DELETED=${'*'.repeat(14)}`, `KEPT=${'*'.repeat(12)}`, 'SIMILAR_KEPT=too'],
      own: { KEPT: 'kept=sécret', VISIBLE: 'KEPT=é' },
    })
  },
)

test.skipIf(process.platform !== 'linux')('where values cannot be hidden there is a warning', () => {
  expect(hideSecrets(['KEPT'], {}, () => false)).toMatch(/can read the secrets in the environment/)
  expect(hideSecrets(['KEPT'], {}, () => true)).toBeNull()
})
