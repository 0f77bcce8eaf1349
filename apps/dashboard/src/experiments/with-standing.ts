import type { ExperimentStanding, ExperimentSummary } from '@goalpost/contracts'

type Rows = { readonly items: readonly ExperimentSummary[] }

/** The pages with an experiment's newer standing. Where nothing is new, the same pages. */
export function withStanding<Page extends Rows>(pages: readonly Page[], standing: ExperimentStanding): readonly Page[] {
  const { experimentId, ...newer } = standing
  const isOlder = ({ id, revision }: ExperimentSummary): boolean => id === experimentId && revision < newer.revision
  if (!pages.some(({ items }) => items.some(isOlder))) return pages
  return pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (isOlder(item) ? { ...item, ...newer } : item)),
  }))
}
