import type { PolicyOptions } from './policy-options.ts'

/** All policies of a condition, by hash. */
export function policiesOf(onnx: PolicyOptions['onnx']): readonly string[] {
  return typeof onnx === 'string' ? [onnx] : onnx
}

/** Which of them the run with that seed plays: seeds 0 … n − 1 play each one once. */
export function policyNumber({ onnx }: PolicyOptions, seed: number): number {
  return seed % policiesOf(onnx).length
}

/**
 * The runs that say something of their own. Two seeds that play the same policy share one evaluation, and are one replicate:
 * repeating it would narrow intervals over seeds, and tell nothing of how policies differ that were trained by other seeds.
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
