import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findFreePort, requirePort } from './free-port.ts'

const host = '127.0.0.1'

test('a port in use is refused at once, or after the given wait', async () => {
  const port = await findFreePort()
  const other = createServer().listen(port, host)
  await once(other, 'listening')
  const waiting = requirePort(host, port, 30_000)
  waiting.catch(() => undefined)
  // Requested later and already refused, so the waiting request was refused before.
  await expect(requirePort(host, port)).rejects.toMatchObject({ code: 'state-conflict' })
  other.close()
  expect(await waiting).toBe(port)
})
