import type { Socket } from 'node:net'
import { GoalpostError } from '@goalpost/contracts'
import { v7 as uuidv7 } from 'uuid'
import { presentProblem, problemMediaType } from './problems.ts'

/** What Node's parser cannot make a request of never reaches Fastify; it is answered on the socket. */
export function answerNonsense(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const refused = new GoalpostError('invalid-request', `This is not a request of HTTP/1.1 (${error.code ?? 'unknown'})`)
  const body = JSON.stringify(presentProblem(refused, uuidv7()))
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: ${problemMediaType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`
  socket.end(head + body)
}
