/** Whole numbers along one axis, both ends included. */
export type Places = { readonly from: number; readonly to: number }

/** What a critic expects where an agent is. */
export type PlacedValue = {
  readonly place: number
  /** Mean over the episodes in which the agent was there, at its first decision there. */
  readonly value: number
  /** The number of these episodes. */
  readonly episodes: number
}

export type ValueByPlace = {
  /** One decision in the episode `cell`; later ones at the same place and places beyond the axis do not count. */
  add(cell: number, place: number, value: number): void
  /** In the order of the axis; places where no agent was are absent. */
  means(): PlacedValue[]
}

/** Kept by episode and summed in their order, so that the result does not depend on the slots. */
export function createValueByPlace({ from, to }: Places, cells: number): ValueByPlace {
  const width = to - from + 1
  const values = new Float64Array(cells * width).fill(Number.NaN)
  return {
    add(cell, place, value) {
      if (place < from || place > to) return
      const at = cell * width + place - from
      if (Number.isNaN(values[at])) values[at] = value
    },
    means() {
      return Array.from({ length: width }, (_, column) => {
        const seen = values.filter((value, at) => at % width === column && !Number.isNaN(value))
        const value = seen.reduce((sum, one) => sum + one, 0) / seen.length
        return { place: from + column, value, episodes: seen.length }
      }).filter(({ episodes }) => episodes > 0)
    },
  }
}
