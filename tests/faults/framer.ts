/** Receives one whole message: its type, a letter, and its bytes, type and length included. */
type OnMessage = (type: string, bytes: Buffer) => void

/**
 * Cuts a stream of PostgreSQL's protocol 3.0 into messages: a letter, a length that counts itself, a body. The first
 * message of a client has no letter; its type is then ''.
 */
export function createFramer(ofClient: boolean, onMessage: OnMessage): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let started = !ofClient
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (;;) {
      const prefix = started ? 1 : 0
      if (rest.length < prefix + 4) return
      const end = prefix + rest.readInt32BE(prefix)
      if (rest.length < end) return
      const message = rest.subarray(0, end)
      rest = rest.subarray(end)
      const type = started ? String.fromCharCode(message[0] ?? 0) : ''
      started = true
      onMessage(type, message)
    }
  }
}
