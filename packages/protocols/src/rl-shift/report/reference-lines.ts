import type { SeriesPart } from '@goalpost/contracts'

type Reference = { readonly condition: string; readonly reference: string; readonly value: number }

/** More lines than this of one reference would hide the curves. */
const maxValues = 4

/**
 * One line for each value that a reference policy has: one for all conditions where they share their levels, and else one for
 * each condition, named after it. None of a reference that has too many values to draw.
 */
export function referenceLines(references: readonly Reference[]): SeriesPart['references'] {
  return [...Map.groupBy(references, ({ reference }) => reference)].flatMap(([reference, all]) => {
    const values = [...Map.groupBy(all, ({ value }) => value)]
    if (values.length > maxValues) return []
    if (values.length === 1) return values.map(([y]) => ({ name: `${reference}: true return`, y }))
    return values.map(([y, sharing]) => lineOf(reference, y, sharing))
  })
}

function lineOf(reference: string, y: number, sharing: readonly Reference[]): SeriesPart['references'][number] {
  const names = sharing.map(({ condition }) => condition)
  const name = `${reference}, ${names.join(' and ')}: true return`
  const [only] = names
  return names.length === 1 && only !== undefined ? { name, y, group: only } : { name, y }
}
