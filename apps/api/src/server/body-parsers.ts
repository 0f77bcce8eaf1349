import { GoalpostError } from '@goalpost/contracts'
import type { DocumentFormat } from '@goalpost/validation'
import type { FastifyRequest } from 'fastify'
import type { Api } from './route-schemas.ts'
import type { SentBody } from './sent-body.ts'

const mediaTypes: Readonly<Record<DocumentFormat, readonly string[]>> = {
  json: ['application/json'],
  yaml: ['application/yaml', 'application/x-yaml', 'text/yaml'],
}

/**
 * Bodies are JSON or YAML in UTF-8; others are refused with 415. Here they are only received; the intake parses
 * them, as that can take a second. An empty body counts as none.
 */
export function addBodyParsers(app: Api): void {
  app.removeAllContentTypeParsers()
  for (const format of ['json', 'yaml'] as const) {
    app.addContentTypeParser(
      [...mediaTypes[format]],
      { parseAs: 'buffer' },
      async (request: FastifyRequest, body: string | Buffer): Promise<SentBody | undefined> => {
        requireUtf8(request.headers['content-type'])
        // A copy, as a transfer to a thread includes the whole underlying buffer.
        return body.length === 0 ? undefined : { bytes: Uint8Array.from(Buffer.from(body)), format }
      },
    )
  }
}

/** Refuses a charset other than UTF-8, which would be misread. */
function requireUtf8(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType ?? '')?.[1]
  if (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)) return
  throw new GoalpostError(
    'unsupported-media-type',
    `Bodies must be UTF-8, not ${charset.slice(0, 40)}: send UTF-8 and omit charset`,
  )
}
