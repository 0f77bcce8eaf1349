import { expect, test } from 'vitest'
import { demandSandbox, describeSandbox } from './sandbox.ts'

const refused = { sandbox: 'bubblewrap', reason: 'spawnSync bwrap ENOENT' } as const
const forbidden = { sandbox: 'network-namespace', reason: 'unshare failed: Operation not permitted' } as const

test('doctor says where imported models run, why not in a stronger sandbox, and what to do', () => {
  expect(describeSandbox({ sandbox: 'bubblewrap', refusals: [] })).toMatchObject({ status: 'ok' })
  expect(describeSandbox({ sandbox: 'none', refusals: [refused, forbidden] }, 'linux')).toMatchObject({
    status: 'warning',
    detail: expect.stringMatching(/network and read files; bwrap: .*ENOENT; unshare: .*not permitted$/),
    remedy: expect.stringMatching(/Install bubblewrap/),
  })
  expect(describeSandbox({ sandbox: 'none', refusals: [] }, 'darwin').remedy).not.toMatch(/apt-get/)
  const broken = { sandbox: 'none', reason: 'Cannot find module' } as const
  expect(describeSandbox({ sandbox: null, refusals: [refused, forbidden, broken] })).toMatchObject({ status: 'failed' })
})

test('a machine without a full sandbox is refused where one is required, with the remedy', () => {
  expect(() => demandSandbox({ sandbox: 'bubblewrap', refusals: [] })).not.toThrow()
  for (const sandbox of ['network-namespace', 'none', null] as const)
    expect(() => demandSandbox({ sandbox, refusals: [refused] })).toThrow(/GOALPOST_MODEL_SANDBOX .*ENOENT.*Remedy: /)
})
