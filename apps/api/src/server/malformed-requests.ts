import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { errorTable, GoalpostError } from '@goalpost/contracts'
import { v7 as uuidv7 } from 'uuid'
import { presentProblem, problemMediaType } from './problems.ts'
import type { Api } from './route-schemas.ts'

/** A request that Node's parser rejects never reaches Fastify and is answered on the socket. */
export function answerMalformedRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const refused = explain(error.code ?? 'unknown')
  const { status } = errorTable[refused.code]
  const body = JSON.stringify(presentProblem(refused, uuidv7()))
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: ${problemMediaType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`
  socket.end(head + body)
}

function explain(code: string): GoalpostError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new GoalpostError('request-timeout', 'The request did not arrive completely in time: send it again, faster')
  if (code === 'HPE_HEADER_OVERFLOW')
    return new GoalpostError('headers-too-large', 'The headers must not exceed 16 KiB: remove cookies or other headers')
  return new GoalpostError('invalid-request', `This is not a valid HTTP/1.1 request (${code})`)
}

/** Requests that Node would refuse without a body get problem details, like all others. */
export function explainRefusals(app: Api): void {
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const expected = String(request.headers.expect).slice(0, 100)
    const refused = new GoalpostError('expectation-failed', `Expect: ${expected} is not supported: leave it out`)
    const body = JSON.stringify(presentProblem(refused, uuidv7()))
    response.writeHead(417, { 'content-type': problemMediaType, connection: 'close' }).end(body)
  })
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.headers.host === undefined && raw.httpVersion === '1.1')
      throw new GoalpostError('invalid-request', 'An HTTP/1.1 request must have a Host header')
  })
}
