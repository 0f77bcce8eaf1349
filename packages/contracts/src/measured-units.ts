/** What an experiment measured of one version, in plain numbers. The protocol says what a unit is, e.g. a level. */
export type UnitValue = {
  /** Identifies what was measured, so that two versions can be compared on the same units. */
  readonly unit: string
  readonly value: number
  /**
   * For measures that are a ratio of means: the denominator, e.g. the largest possible gain on this level. 1 for means.
   */
  readonly scale: number
}

/** Bounds on every unit, for any version. */
export type UnitBounds = {
  readonly low: number
  readonly high: number
  /** The largest possible `scale`. */
  readonly scale: number
}

/** Values of one measure, in the order in which the units were drawn. */
export type MeasuredUnits = { readonly bounds: UnitBounds; readonly units: readonly UnitValue[] }
