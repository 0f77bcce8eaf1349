import type { AbsoluteRule, BaselineRule, MeasuredUnits, UnitValue } from '@goalpost/contracts'
import type { RuleEvidence } from './evidence.ts'

/** Whether larger values are better, as the protocol declares for the measure. */
export type Direction = 'higher-is-better' | 'lower-is-better'

/**
 * By how much each unit exceeds the rule's line, scaled to [0, 1]. The rule holds if the mean is at least `line`. A ratio of
 * means is at least c if the mean of value − c · scale is at least 0: so ratios need no approximation.
 */
export type Excess = {
  readonly values: Float64Array
  readonly line: number
  /** From a mean of the scaled values to the difference from the rule's line, in the measure's units. */
  toDifference(mean: number): number
  /** Units of the version that the baseline lacks, or the reverse. */
  readonly unpaired: number
}

export function measureExcess(rule: AbsoluteRule, measured: MeasuredUnits): Excess {
  requireBounds(measured)
  const { bounds, units } = measured
  const sign = rule.atLeast === undefined ? -1 : 1
  const threshold = rule.atLeast ?? rule.atMost ?? 0
  const largestScale = bounds.scale
  // The largest part that value − c · scale can have below and above 0.
  const [least, most] = [Math.min(0, threshold * largestScale), Math.max(0, threshold * largestScale)]
  const range = { low: bounds.low - most, high: bounds.high - least }
  const raw = units.map(({ value, scale }) => sign * (value - threshold * scale))
  return scaled(raw, sign === 1 ? range : { low: -range.high, high: -range.low }, meanScale(units), 0)
}

export function pairedExcess(
  { margin }: BaselineRule,
  { measured, baseline }: Extract<RuleEvidence, { kind: 'pairs' }>,
  direction: Direction,
): Excess {
  requireBounds(measured)
  requireBounds(baseline)
  const sign = direction === 'higher-is-better' ? 1 : -1
  const known = new Map(baseline.units.map((unit) => [unit.unit, unit.value]))
  const paired = measured.units.filter(({ unit }) => known.has(unit))
  const spread =
    Math.max(measured.bounds.high, baseline.bounds.high) - Math.min(measured.bounds.low, baseline.bounds.low)
  const raw = paired.map(({ unit, value, scale }) => sign * (value - (known.get(unit) ?? 0)) + margin * scale)
  const range = { low: -spread, high: spread + margin * measured.bounds.scale }
  const unpaired = measured.units.length + baseline.units.length - 2 * paired.length
  return scaled(raw, range, meanScale(paired), unpaired)
}

function scaled(
  raw: readonly number[],
  { low, high }: { readonly low: number; readonly high: number },
  scale: number,
  unpaired: number,
): Excess {
  const width = high - low
  if (!(width > 0)) throw new RangeError(`A measure between ${low} and ${high} cannot be watched`)
  const line = -low / width
  return {
    values: Float64Array.from(raw, (value) => Math.min(1, Math.max(0, (value - low) / width))),
    line,
    toDifference: (mean) => ((mean - line) * width) / scale,
    unpaired,
  }
}

/** The tests are valid only for values within the stated bounds; rounding may exceed them by a hair. */
function requireBounds({ bounds, units }: MeasuredUnits): void {
  const slack = 1e-9 * Math.max(1, bounds.high - bounds.low)
  for (const { unit, value, scale } of units) {
    if (!(value >= bounds.low - slack && value <= bounds.high + slack))
      throw new RangeError(`${value} of ${unit} is not between ${bounds.low} and ${bounds.high}`)
    if (!(scale >= 0 && scale <= bounds.scale + slack))
      throw new RangeError(`The scale ${scale} of ${unit} is not between 0 and ${bounds.scale}`)
  }
}

function meanScale(units: readonly UnitValue[]): number {
  const sum = units.reduce((total, { scale }) => total + scale, 0)
  return units.length === 0 || sum <= 0 ? 1 : sum / units.length
}
