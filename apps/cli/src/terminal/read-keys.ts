import { on } from 'node:events'
import { emitKeypressEvents, type Key } from 'node:readline'
import type { Readable } from 'node:stream'

/** A terminal's input; other streams have no raw mode. */
export type KeySource = Readable & { setRawMode?(raw: boolean): unknown }

/**
 * The names of keys as they are pressed: `up`, `space`, `q`, `1`. Keys pressed before they are asked for are kept. Ends
 * with Ctrl-C, Ctrl-D or the input, and leaves the terminal as it was.
 */
export async function* readKeys(input: KeySource): AsyncGenerator<string> {
  emitKeypressEvents(input)
  input.setRawMode?.(true)
  input.resume()
  try {
    for await (const [text, key] of on(input, 'keypress', { close: ['end', 'close'] }) as AsyncIterable<
      [string?, Key?]
    >) {
      if (key?.ctrl === true && (key.name === 'c' || key.name === 'd')) return
      // Digits and punctuation have no name.
      const name = key?.name ?? text
      if (name !== undefined) yield name
    }
  } finally {
    input.setRawMode?.(false)
    input.pause()
  }
}
