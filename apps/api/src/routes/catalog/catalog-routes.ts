import { catalogEntry, catalogQuery, type CatalogQuery, page, protocolView } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'
import { presentProtocol } from './present-protocol.ts'

const nameParams = z.object({ name: z.string().min(1).max(80) })

/** The catalog of protocols. Kinds of entries are data here. */
export function addCatalogRoutes(app: Api, { protocols }: ApiDependencies): void {
  const views = [...protocols.values()].map(presentProtocol)
  const entries = [...protocols.values()].flatMap((protocol) => [...protocol.catalog()])

  app.get(
    '/v1/protocols',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Catalog'],
        operationId: 'listProtocols',
        summary: 'The installed protocols',
        response: { 200: json('Every protocol, with the JSON Schema of its options', page(protocolView)), ...problems },
      },
    },
    () => ({ items: views, nextCursor: null }),
  )

  app.get(
    '/v1/protocols/:name',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Catalog'],
        operationId: 'getProtocol',
        summary: 'One protocol',
        params: nameParams,
        response: { 200: json('The protocol', protocolView), ...problems },
      },
    },
    (request) => {
      const view = views.find(({ name }) => name === request.params.name)
      if (view !== undefined) return view
      const known = suggestName(
        request.params.name,
        views.map(({ name }) => name),
      )
      throw notFound('protocol', [request.params.name, known === undefined ? '' : `(${known})`].join(' '))
    },
  )

  const listCatalog = {
    tags: ['Catalog'],
    operationId: 'listCatalog',
    summary: 'The catalogs of the protocols',
    description: 'For example the environments of experiments. Each protocol defines its own kinds of entries.',
    querystring: catalogQuery,
    response: { 200: json('The matching entries', page(catalogEntry)), ...problems },
  }
  const selectEntries = (query: CatalogQuery) => ({
    items: entries.filter(
      (entry) => (query.kind ?? entry.kind) === entry.kind && (query.protocol ?? entry.protocol) === entry.protocol,
    ),
    nextCursor: null,
  })

  app.get('/v1/catalog', { config: { access: 'read' }, schema: listCatalog }, ({ query }) => selectEntries(query))
  // The path of earlier clients.
  app.get('/v1/catalogue', { config: { access: 'read' }, schema: { ...listCatalog, hide: true } }, ({ query }) =>
    selectEntries(query),
  )
}
