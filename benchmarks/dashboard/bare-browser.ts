import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** Sends a command of the Chrome DevTools Protocol. */
export type Send = (method: string, parameters?: object) => Promise<Record<string, unknown>>

/**
 * Chromium as a reader has it. Playwright and Puppeteer attach a debugger: with one, V8 parses the scripts once more for each
 * error that is made (React makes five), and their helper scripts are loaded into the page. That took a fifth of a first page.
 */
export async function startBareBrowser() {
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-chromium-'))
  const chromium = spawn(
    '/usr/bin/chromium',
    ['--headless', '--no-sandbox', '--remote-debugging-port=0', '--no-first-run', `--user-data-dir=${folder}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const socket = new WebSocket(await readAddress(chromium.stderr))
  await once(socket, 'open')
  const send = commandsOn(socket)
  return {
    /** A page of a profile of its own, with nothing stored. */
    async open() {
      const { browserContextId } = await send('Target.createBrowserContext')
      const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId })
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
      return {
        send: ((method, parameters) => send(method, parameters, String(sessionId))) satisfies Send as Send,
        close: () => send('Target.disposeBrowserContext', { browserContextId }),
      }
    },
    async close(): Promise<void> {
      const ended = once(chromium, 'exit')
      await send('Browser.close')
      await ended
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export type BareBrowser = Awaited<ReturnType<typeof startBareBrowser>>

async function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('Chromium ended before it could be reached.')
}

/** Sends commands, to the browser or to a page's session, and resolves with their answers. */
function commandsOn(socket: WebSocket) {
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as Answer
    const command = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) command?.resolve(result)
    else command?.reject(new Error(error.message))
  })
  let last = 0
  return (method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> => {
    const command = Promise.withResolvers<Record<string, unknown>>()
    waiting.set(++last, command)
    socket.send(JSON.stringify({ id: last, method, params, sessionId }))
    return command.promise
  }
}

/** Events have no id. */
type Answer = {
  readonly id: number
  readonly result: Record<string, unknown>
  readonly error?: { readonly message: string }
}
