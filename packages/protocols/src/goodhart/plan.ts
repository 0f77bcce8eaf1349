import type { PlannedTask } from '@goalpost/experiments'
import type { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { completeOptions, type GoodhartOptions } from './spec.ts'

/** Everything that the numbers depend on. Not the verdict's thresholds: changing those recomputes nothing. */
export const sampleInputs = completeOptions.omit({ verdict: true })
export type SampleInputs = z.infer<typeof sampleInputs>

export const sampleKey = 'sample'

/** Draws processed: one pass over the pool for drawing it, and one for each point of each curve. */
export function workOf({ draws, bestOfN, klBudgets, tail }: SampleInputs): number {
  return draws * (1 + bestOfN.length + klBudgets.length + tail.depths.length)
}

/** All curves of one run, on shared draws. */
export const sampleTask = defineTask({
  name: 'sample',
  inputs: sampleInputs,
  versions: () => ({}),
  withoutEngine: true,
  formerKind: 'evaluate',
})

/** One task per run: nothing is trained, and all curves share the same draws. */
export function planRun(options: GoodhartOptions, seed: number): readonly PlannedTask[] {
  const inputs = sampleInputs.strip().parse(options)
  return [
    sampleTask.plan(inputs, {
      key: sampleKey,
      seed,
      needs: [],
      work: { unit: 'draws', amount: workOf(inputs) },
      rank: 0,
    }),
  ]
}
