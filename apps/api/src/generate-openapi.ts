import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { renderOpenApi } from './server/render-openapi.ts'

/** Writes openapi.json; with `--check`, checks that it is up to date. */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const file = new URL('../openapi.json', import.meta.url)
const document = await renderOpenApi()
if (!values.check) await writeFile(file, document)
else if ((await readFile(file, 'utf8').catch(() => '')) !== document) {
  process.stderr.write('apps/api/openapi.json is stale: run `npm run generate:openapi -w @goalpost/api`\n')
  process.exitCode = 1
}
