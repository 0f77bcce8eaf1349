import type { Browser } from 'playwright-core'

/**
 * A tab of the browser's own profile. Playwright tells every page of its own that it is visible and has the focus;
 * these are hidden when another one is brought to the front, as people's tabs are.
 */
export type BareTab = {
  show(): Promise<void>
  goto(address: string): Promise<void>
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>
  /** Addresses that were requested so far. */
  readonly requested: readonly string[]
  /** How many timers and frames have called the page since it was opened. */
  wakeUps(): Promise<number>
  close(): Promise<void>
}

type Message = {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly request?: { readonly url: string } }
  readonly result?: { readonly result?: { readonly value?: unknown } }
}

/** Counts what wakes a page up: everything that is called later is wrapped. */
const counter = `window.wakeUps = 0
for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
  const later = window[name].bind(window)
  window[name] = (run, ...rest) => later((...given) => { window.wakeUps++; return run(...given) }, ...rest)
}`

/** Opens tabs side by side, in one window. */
export async function openBareTabs(browser: Browser): Promise<{ open(): Promise<BareTab> }> {
  const root = await browser.newBrowserCDPSession()
  return {
    async open() {
      const { targetId } = await root.send('Target.createTarget', { url: 'about:blank' })
      const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false })
      const requested: string[] = []
      const waiting = new Map<number, (message: Message) => void>()
      root.on('Target.receivedMessageFromTarget', (received) => {
        if (received.sessionId !== sessionId) return
        const message: Message = JSON.parse(received.message)
        if (message.method === 'Network.requestWillBeSent') requested.push(message.params?.request?.url ?? '')
        if (message.id !== undefined) waiting.get(message.id)?.(message)
      })
      const send = (method: string, params: object = {}): Promise<Message> => {
        const id = waiting.size + 1
        const answer = new Promise<Message>((resolve) => waiting.set(id, resolve))
        const message = JSON.stringify({ id, method, params })
        return root.send('Target.sendMessageToTarget', { sessionId, message }).then(() => answer)
      }
      const evaluate = async (expression: string): Promise<unknown> =>
        (await send('Runtime.evaluate', { expression, returnByValue: true })).result?.result?.value
      await Promise.all([send('Network.enable'), send('Page.enable')])
      await send('Page.addScriptToEvaluateOnNewDocument', { source: counter })
      return {
        requested,
        evaluate,
        show: async () => void (await root.send('Target.activateTarget', { targetId })),
        goto: async (url) => void (await send('Page.navigate', { url })),
        async wakeUps() {
          const count = await evaluate('window.wakeUps')
          if (typeof count !== 'number') throw new Error('nothing counts what wakes this page up')
          return count
        },
        close: async () => void (await root.send('Target.closeTarget', { targetId })),
      }
    },
  }
}
