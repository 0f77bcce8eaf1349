import type { ExperimentSummary } from '@goalpost/contracts'
import { useCallback, useMemo, useState } from 'react'

/** Chosen rows of the list. `toggle` and `clear` stay the same, so that rows are drawn again only where they change. */
export type Choice = {
  readonly chosen: readonly ExperimentSummary[]
  has(id: string): boolean
  toggle(id: string): void
  /** Whether all rows that have been read are chosen. */
  readonly isAll: boolean
  /** Chooses all of them. */
  chooseAll(): void
  clear(): void
}

/** Only what is in the list can be chosen: what a filter hides is not acted on. */
export function useChoice(items: readonly ExperimentSummary[]): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback((id: string) => setIds((chosen) => toggled(chosen, id)), [])
  const clear = useCallback(() => setIds(new Set()), [])
  return useMemo(
    () => ({
      chosen: ids.size === 0 ? [] : items.filter(({ id }) => ids.has(id)),
      has: (id) => ids.has(id),
      toggle,
      isAll: items.length > 0 && items.every(({ id }) => ids.has(id)),
      chooseAll: () => setIds(new Set(items.map(({ id }) => id))),
      clear,
    }),
    [items, ids, toggle, clear],
  )
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}
