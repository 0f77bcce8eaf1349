import type { PageSubject } from '../page/page-subject.ts'
import type { CatalogEntry, ExperimentView, ProtocolView } from '@goalpost/contracts'

type Catalog = {
  protocol(name: string): Promise<ProtocolView>
  catalog(query: { readonly protocol: string }): Promise<{ readonly items: readonly CatalogEntry[] }>
}

/** Descriptions of the spec's protocol and of its catalog. */
export async function readGlossary(
  api: Catalog,
  { resolved }: Pick<ExperimentView, 'resolved'>,
): Promise<NonNullable<PageSubject['glossary']>> {
  const [protocol, { items }] = await Promise.all([
    api.protocol(resolved.protocol),
    api.catalog({ protocol: resolved.protocol }),
  ])
  return { protocol, entries: items }
}
