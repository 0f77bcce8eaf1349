/** What a gate run has measured of one version, in plain numbers: the protocol says what a unit is, e.g. a level. */
export type UnitValue = {
  /** Identifies what was measured, so that two versions can be compared on the same units. */
  readonly unit: string
  readonly value: number
  /**
   * For measures that are a ratio of means: the denominator, e.g. what the best policy gains over the worst one on this
   * level. 1 for means.
   */
  readonly scale: number
}

/** Bounds on every unit, for any version. */
export type Bounds = {
  readonly low: number
  readonly high: number
  /** The largest possible `scale`. */
  readonly scale: number
}

/** Values of one measure, in the order in which the suite was drawn. */
export type MeasuredUnits = { readonly bounds: Bounds; readonly units: readonly UnitValue[] }

/** Evidence for one rule. */
export type RuleEvidence =
  | { readonly kind: 'measure'; readonly measured: MeasuredUnits }
  | { readonly kind: 'pairs'; readonly measured: MeasuredUnits; readonly baseline: MeasuredUnits }
  | { readonly kind: 'verdicts'; readonly verdicts: readonly ObservedVerdict[] }
  /** It could not be measured; the gate run shows why. */
  | { readonly kind: 'missing'; readonly reason: string }

/** The verdict of one evaluation. `undetermined`: it stands for too little evidence. */
export type ObservedVerdict = { readonly name: string; readonly undetermined: boolean }
