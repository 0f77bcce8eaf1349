import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { renderOpenApi } from '../src/server/render-openapi.ts'

type Operation = { operationId?: string; summary?: string; tags?: string[]; responses: Record<string, unknown> }
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: object } }

const text = await renderOpenApi()
const document: Document = JSON.parse(text)
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
)

test('the checked-in document matches the routes', async () => {
  expect(await readFile(new URL('../openapi.json', import.meta.url), 'utf8')).toBe(text)
})

test('it is OpenAPI 3.1, and every reference in it resolves', () => {
  expect(document.openapi).toBe('3.1.0')
  const references = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references)
    expect(Object.keys(document.components.schemas)).toContain(reference.replace('#/components/schemas/', ''))
})

test.each(operations)('$name has its own name, a summary, a tag, and a schema for every answer', ({ operation }) => {
  expect(operations.filter((other) => other.operation.operationId === operation.operationId)).toHaveLength(1)
  expect(operation.summary).toMatch(/^[A-Z]/)
  expect(operation.tags).toHaveLength(1)
  expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['4XX', '5XX']))
  expect(Object.keys(operation.responses).some((status) => /^(20[0124]|302)$/.test(status))).toBe(true)
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!['204', '302', '304'].includes(status))
      expect(Object.values((response as { content: object }).content)[0]).toHaveProperty('schema')
  }
})
