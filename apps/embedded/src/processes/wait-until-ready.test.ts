import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBoundedLog, type BoundedLog } from './bounded-log.ts'
import { waitUntilReady } from './wait-until-ready.ts'

let folder = ''
let log: BoundedLog
let other: Server
let url = ''
let asked = 0

/** Another program, which answers everything with 200. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-ready-'))
  log = openBoundedLog(join(folder, 'api.log'))
  asked = 0
  other = createServer((_, response) => {
    asked += 1
    response.end('hello')
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
})
afterEach(async () => {
  other.closeAllConnections()
  other.close()
  log.close()
  await rm(folder, { recursive: true })
})

test('another program that answers on the port does not count as the API, whose end then names the port', async () => {
  let looks = 0
  const running = () => ++looks < 5
  const waiting = waitUntilReady({ url, running, listening: () => false, log })
  await expect(waiting).rejects.toMatchObject({ code: 'state-conflict', message: expect.stringContaining('--port') })
  expect(looks).toBe(5)
})

test('an API that ends while nobody answers is reported by its own last words', async () => {
  log.line('Error: no such file')
  other.closeAllConnections()
  other.close()
  const waiting = waitUntilReady({ url, running: () => false, listening: () => false, log })
  await expect(waiting).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/no such file/) })
})

test('once the API has its port, its answer counts', async () => {
  let looks = 0
  await waitUntilReady({ url, running: () => true, listening: () => ++looks > 3, log })
  expect([looks, asked]).toEqual([4, 1])
})
