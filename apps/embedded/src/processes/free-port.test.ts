import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findFreePort, requirePort } from './free-port.ts'

const host = '127.0.0.1'

test('a port that is in use is refused at once, or waited for as long as it is said to be worth', async () => {
  const port = await findFreePort()
  const other = createServer().listen(port, host)
  await once(other, 'listening')
  const waiting = requirePort(host, port, 30_000)
  waiting.catch(() => undefined)
  // Asked for later, and refused by now: the one that waits has been refused before.
  await expect(requirePort(host, port)).rejects.toMatchObject({ code: 'state-conflict' })
  other.close()
  expect(await waiting).toBe(port)
})
