import type { IncomingMessage } from 'node:http'
import { GoalpostError } from '@goalpost/contracts'

/**
 * The bytes of an upload. If the length is known, chunks are copied as they arrive: joining 64 MB at the end would
 * block the event loop.
 */
export async function receiveFile(payload: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const announced = payload.headers['content-length']
  const place = announced === undefined ? null : Buffer.allocUnsafeSlow(requireAtMost(Number(announced), mostBytes))
  const chunks: Uint8Array[] = []
  let received = 0
  const parts: AsyncIterable<Buffer> = payload
  for await (const chunk of parts) {
    place?.set(chunk, received)
    if (place === null) chunks.push(chunk)
    received = requireAtMost(received + chunk.length, mostBytes)
  }
  return place ?? Buffer.concat(chunks)
}

function requireAtMost(bytes: number, mostBytes: number): number {
  if (bytes <= mostBytes) return bytes
  throw new GoalpostError('body-too-large', `The body must not exceed ${mostBytes} bytes`)
}
