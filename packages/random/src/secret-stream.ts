import { createHmac } from 'node:crypto'
import { createRng } from './rng.ts'
import type { Stream } from './stream.ts'
import { threefry2x32 } from './threefry.ts'

/**
 * The root stream of a secret key. Names and generators are HMAC-SHA256 (RFC 2104) of the key above them: the words of
 * item 3 reveal nothing about item 4, and no search through 2^32 or 2^64 seeds leads from an item to its stream, as it
 * would with `createStream`. Single words, drawn in inner loops, come from their own Threefry key of 64 bits: suitable
 * for chance within an episode, but not for secrets.
 */
export function createSecretStream(key: Uint8Array): Stream {
  const words = new Uint32Array(2)
  const [key0, key1] = derive(key, 'words')
  return {
    named: (role) => createSecretStream(hmac(key, `role ${role}`)),
    at(index) {
      const [s0, s1, s2, s3] = derive(key, `item ${index}`)
      return createRng(s0, s1, s2, s3)
    },
    uniform(counter, lane = 0) {
      threefry2x32(key0, key1, counter, lane, words)
      return words[0] * 2 ** -32
    },
    word(counter, lane = 0) {
      threefry2x32(key0, key1, counter, lane, words)
      return words[0]
    },
  }
}

function hmac(key: Uint8Array, message: string): Uint8Array {
  return createHmac('sha256', key).update(message).digest()
}

/** The first four words of the HMAC, big-endian. */
function derive(key: Uint8Array, message: string): [number, number, number, number] {
  const bytes = hmac(key, message)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
}
