import { parseDocument, type DocumentFormat } from '@goalpost/contracts'
import type { Api } from './route-schemas.ts'

const mediaTypes: Readonly<Record<DocumentFormat, readonly string[]>> = {
  json: ['application/json'],
  yaml: ['application/yaml', 'application/x-yaml', 'text/yaml'],
}

/** Bodies are JSON or YAML; whatever else is refused with 415. An empty body counts as none. */
export function addBodyParsers(app: Api): void {
  app.removeAllContentTypeParsers()
  for (const format of ['json', 'yaml'] as const) {
    app.addContentTypeParser(
      [...mediaTypes[format]],
      { parseAs: 'string' },
      async (_request: unknown, text: string | Buffer) => {
        return text.length === 0 ? undefined : parseDocument(text.toString(), format)
      },
    )
  }
}
