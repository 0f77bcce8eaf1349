import type { ExperimentSummary } from '@goalpost/contracts'
import { useState } from 'react'

/** Chosen rows of the list. */
export type Choice = {
  readonly chosen: readonly ExperimentSummary[]
  has(id: string): boolean
  toggle(id: string): void
  clear(): void
}

/** Only what is in the list can be chosen: what a filter hides is not acted on. */
export function useChoice(items: readonly ExperimentSummary[]): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    chosen: items.filter(({ id }) => ids.has(id)),
    has: (id) => ids.has(id),
    toggle: (id) => setIds(new Set(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id])),
    clear: () => setIds(new Set()),
  }
}
