import type { PolicyOptions } from './policy-options.ts'

/** All policies of a condition, by hash. */
export function policiesOf(onnx: PolicyOptions['onnx']): readonly string[] {
  return typeof onnx === 'string' ? [onnx] : onnx
}

/** The policy of the run with that seed: seeds 0 … n − 1 play each one once. */
export function policyNumber({ onnx }: PolicyOptions, seed: number): number {
  return seed % policiesOf(onnx).length
}

/**
 * The independent runs. Two seeds that play the same policy share one evaluation, and are one replicate: counting it
 * twice would narrow intervals over seeds without showing how policies from different training seeds differ.
 */
export function replicates<Run extends { readonly seed: number }>(
  runs: readonly Run[],
  policy: PolicyOptions | undefined,
): readonly Run[] {
  if (policy === undefined) return runs
  const seen = new Set<number>()
  return runs.filter(({ seed }) => {
    const number = policyNumber(policy, seed)
    const isFirst = !seen.has(number)
    seen.add(number)
    return isFirst
  })
}
