import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The S3 calls of the store, over real HTTP: PUT, GET, HEAD, DELETE of an object, addressed by path, and its list. */
export type FakeS3 = {
  readonly endpoint: string
  /** `/bucket/key` → bytes. */
  readonly objects: Map<string, Buffer>
  /** The same keys → when they were last written. */
  readonly times: Map<string, Date>
  /** How many keys one answer of the list has. */
  pageSize: number
  puts: number
  /** While set, every request fails with this status. */
  failWith: number | null
  /** While set, the server stops responding with the connection open: before an answer, or during its body. */
  stallIn: 'answer' | 'body' | null
  close(): Promise<void>
}

export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: FakeS3 = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    times: new Map(),
    pageSize: 2,
    puts: 0,
    failWith: null,
    stallIn: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', fake.endpoint)
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
    if (fake.stallIn === 'answer') return
    if (fake.failWith !== null) return void response.writeHead(fake.failWith).end()
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) return refuse(response, 403, 'AccessDenied')
    if (request.method === 'PUT') return put(request, response, path, body)
    if (searchParams.get('list-type') === '2') return list(response, path, searchParams)
    if (request.method === 'DELETE') return void (objects.delete(path), response.writeHead(204).end())
    const found = objects.get(path)
    if (found === undefined) return refuse(response, 404, request.method === 'HEAD' ? '' : 'NoSuchKey')
    const modified = (fake.times.get(path) ?? new Date()).toUTCString()
    response.writeHead(200, { 'content-length': found.length, 'last-modified': modified })
    if (fake.stallIn === 'body') return void response.write(found.subarray(0, found.length / 2))
    response.end(request.method === 'HEAD' ? undefined : found)
  }

  function put(request: IncomingMessage, response: ServerResponse, path: string, body: Buffer): void {
    const digest = createHash('sha256').update(body).digest('base64')
    if (request.headers['x-amz-checksum-sha256'] !== digest) return refuse(response, 400, 'BadDigest')
    fake.puts += 1
    objects.set(path, body)
    fake.times.set(path, new Date())
    response.writeHead(200, { etag: '"x"' }).end()
  }

  function list(response: ServerResponse, path: string, query: URLSearchParams): void {
    const bucket = path.replace(/\/?$/, '/')
    const keys = [...objects.keys()].filter((key) => key.startsWith(bucket + (query.get('prefix') ?? ''))).toSorted()
    const start = Number(query.get('continuation-token') ?? 0)
    const end = start + fake.pageSize
    const contents = keys.slice(start, end).map((key) => {
      const written = (fake.times.get(key) ?? new Date()).toISOString()
      const size = objects.get(key)?.length
      return `<Contents><Key>${key.slice(bucket.length)}</Key><Size>${size}</Size><LastModified>${written}</LastModified></Contents>`
    })
    const more = end < keys.length
    const next = more ? `<NextContinuationToken>${end}</NextContinuationToken>` : ''
    response.writeHead(200, { 'content-type': 'application/xml' })
    response.end(`<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`)
  }

  return fake
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(code === '' ? undefined : `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}
