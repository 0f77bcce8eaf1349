import type { MeasuredUnits } from '@goalpost/contracts'

/** Evidence for one rule. */
export type RuleEvidence =
  | { readonly kind: 'measure'; readonly measured: MeasuredUnits }
  | { readonly kind: 'pairs'; readonly measured: MeasuredUnits; readonly baseline: MeasuredUnits }
  | { readonly kind: 'verdicts'; readonly verdicts: readonly ObservedVerdict[] }
  /** It could not be measured; the gate run shows why. */
  | { readonly kind: 'missing'; readonly reason: string }

/** The verdict of one evaluation. `undetermined`: it stands for too little evidence. */
export type ObservedVerdict = { readonly name: string; readonly undetermined: boolean }
