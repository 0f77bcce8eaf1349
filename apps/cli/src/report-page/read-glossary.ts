import type { ExperimentView } from '@goalpost/contracts'
import type { PageSubject } from '@goalpost/report-view/static'
import type { ServiceApi } from '../service/service-api.ts'

/** Descriptions of the spec's protocol and of its catalog. */
export async function readGlossary(
  api: Pick<ServiceApi, 'protocol' | 'catalog'>,
  { resolved }: Pick<ExperimentView, 'resolved'>,
): Promise<NonNullable<PageSubject['glossary']>> {
  const [protocol, { items }] = await Promise.all([
    api.protocol(resolved.protocol),
    api.catalog({ protocol: resolved.protocol }),
  ])
  return { protocol, entries: items }
}
