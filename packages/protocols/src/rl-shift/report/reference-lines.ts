import type { SeriesPart } from '@goalpost/contracts'
import { mean } from '@goalpost/statistics'

type Reference = { readonly condition: string; readonly reference: string; readonly value: number }

/** More lines than this of one reference would hide the curves. */
const maxLines = 4
/**
 * Share of the largest value: closer lines look the same. Conditions may exclude different levels of a common suite.
 */
const minGap = 0.01

/**
 * One line for each value of a reference policy: a common one where conditions share their levels, else one per
 * condition, named after it. No line for a reference with too many values to draw.
 */
export function referenceLines(references: readonly Reference[]): SeriesPart['references'] {
  const gap = minGap * Math.max(...references.map(({ value }) => Math.abs(value)))
  return [...Map.groupBy(references, ({ reference }) => reference)].flatMap(([reference, all]) => {
    const groups = groupClose(all, gap)
    if (groups.length > maxLines) return []
    return groups.map((sharing) => lineOf(reference, sharing, groups.length === 1))
  })
}

function groupClose(references: readonly Reference[], gap: number): (readonly Reference[])[] {
  const groups: Reference[][] = []
  for (const reference of references.toSorted((a, b) => a.value - b.value)) {
    const first = groups.at(-1)?.at(0)
    if (first !== undefined && reference.value - first.value <= gap) groups.at(-1)?.push(reference)
    else groups.push([reference])
  }
  return groups
}

function lineOf(reference: string, sharing: readonly Reference[], forAll: boolean): SeriesPart['references'][number] {
  const y = mean(sharing.map(({ value }) => value))
  if (forAll) return { name: reference, y }
  const names = sharing.map(({ condition }) => condition)
  const name = `${reference}, ${names.join(' and ')}`
  const [only] = names
  return names.length === 1 && only !== undefined ? { name, y, group: only } : { name, y }
}
