import { errorCode, problem } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom, fuzzFactor, fuzzSeed, mutateText, oddValue, type Random } from '@goalpost/testing'
import { renderOpenApi } from '../src/server/render-openapi.ts'
import { spec, startTestService, bearer, type TestService } from './harness.ts'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly minimum?: number
  readonly default?: unknown
}
type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema }
type Operation = {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const document: Document = JSON.parse(await renderOpenApi())
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, path, operation })),
)
const requests = Math.ceil(4 * fuzzFactor)
const statuses: Record<string, number> = {}
let service: TestService
let key: string
let ids: readonly string[]

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('lab', 'admin', { operator: true })
  const request = { method: 'POST', url: '/v1/experiments', headers: bearer(key), payload: spec } as const
  const created = (await service.api.inject(request)).body
  ids = [...new Set(created.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])].slice(0, 4)
})
afterAll(async () => {
  if (fuzzFactor > 1) process.stdout.write(`${JSON.stringify({ operations: operations.length, requests, statuses })}\n`)
  await service.close()
})

/** A value that fits the schema, more or less. */
function valueFor(schema: Schema, random: Random, depth = 0): unknown {
  if (random.below(12) === 0 || depth > 8) return oddValue(random)
  if (schema.$ref !== undefined)
    return valueFor(document.components.schemas[schema.$ref.split('/').at(-1)!] ?? {}, random, depth + 1)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return random.choose(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return valueFor(random.choose(choices), random, depth + 1)
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name) === true || random.below(2) === 0)
          .map(([name, property]) => [name, valueFor(property, random, depth + 1)]),
      )
    case 'array':
      return Array.from({ length: random.below(4) }, () => valueFor(schema.items ?? {}, random, depth + 1))
    case 'integer':
    case 'number':
      return (schema.minimum ?? 0) + random.below(5)
    case 'boolean':
      return random.below(2) === 0
    default:
      return random.choose(['default', 'toy', 'mouse', ...ids, 'ab'.repeat(32), '2026-12-01T00:00:00Z', 'experiment.*'])
  }
}

function makeRequest({ method, path, operation }: (typeof operations)[number], random: Random) {
  const text = (schema: Schema): string => {
    const value = valueFor(schema, random)
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const schema = operation.parameters?.find((parameter) => parameter.name === name)?.schema ?? {}
    return encodeURIComponent(
      random.below(3) === 0 ? text(schema).slice(0, 150) : random.choose([...ids, 'mouse', '1']),
    )
  })
  const query = new URLSearchParams()
  for (const { name, in: place, schema } of operation.parameters ?? [])
    if (place === 'query' && random.below(2) === 0) query.set(name, text(schema))
  // Streams that follow would not end.
  if (path.endsWith('/events')) query.set('follow', 'false')
  const schema = operation.requestBody?.content['application/json']?.schema
  const body = schema === undefined ? undefined : JSON.stringify(valueFor(schema, random))
  return {
    method: method.toUpperCase() as 'GET',
    url: `${address}?${query.toString()}`,
    headers: {
      ...bearer(key),
      ...(body === undefined ? {} : { 'content-type': random.choose(['application/json', 'application/yaml']) }),
    },
    ...(body === undefined ? {} : { payload: random.below(3) === 0 ? mutateText(body, random) : body }),
  }
}

/** They would end the key that the others are asked with, or wait for what never comes. */
const left = ['delete /v1/session', 'get /v1/experiments/{id}/events', 'get /v1/gates/{name}/runs/{id}/events']

describe.each(operations.filter(({ name }) => !left.includes(name)))('$name', (operation) => {
  test('answers whatever it is asked, and never with an error of its own', async () => {
    const random = createRandom(fuzzSeed + operations.indexOf(operation))
    for (let asked = 0; asked < requests; asked++) {
      const request = makeRequest(operation, random)
      const { statusCode, headers, body } = await service.api.inject(request)
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
      const shown = JSON.stringify({ ...request, headers: undefined }).slice(0, 3_000)
      // What takes too long, and a file that is named and was never stored, are said to be so.
      const code = statusCode >= 400 ? problem.parse(JSON.parse(body)).code : null
      if (statusCode >= 500) expect(['compute-timeout', 'artifact-missing'], `${body} for ${shown}`).toContain(code)
      if (code !== null) {
        expect(headers['content-type'], shown).toBe('application/problem+json')
        expect(errorCode.options).toContain(code)
      }
    }
  })
})

test('afterwards the service is as well as before', async () => {
  expect((await service.api.inject('/readyz')).statusCode).toBe(200)
  const { statusCode } = await service.api.inject({ url: `/v1/experiments/${ids[0]}`, headers: bearer(key) })
  expect([200, 404]).toContain(statusCode)
})
