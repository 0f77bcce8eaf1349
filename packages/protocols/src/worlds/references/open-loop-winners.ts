import type { OpenLoopWinners } from '@goalpost/evaluation'
import { z } from 'zod'

export const openLoopMediaType = 'application/vnd.goalpost.open-loop+json'

const policy = z.strictObject({ cycle: z.array(z.array(z.number().min(0).max(1)).min(1)).min(1) })
const first = { capability: policy, goal: policy, proxy: policy }
const winners = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('goalpost-open-loop/1'), ...first }),
  z.strictObject({ format: z.literal('goalpost-open-loop/2'), ...first, further: z.record(z.string(), policy) }),
])

/** The open-loop policies behind a suite's anchors, as a file: JSON of their distributions, step by step. */
export function encodeOpenLoopWinners({ capability, goal, proxy, further }: OpenLoopWinners): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 'goalpost-open-loop/2', capability, goal, proxy, further }))
}

/** Throws if the bytes are not such a file. */
export function parseOpenLoopWinners(bytes: Uint8Array): OpenLoopWinners {
  const parsed = winners.parse(JSON.parse(new TextDecoder().decode(bytes)))
  const { capability, goal, proxy } = parsed
  return { capability, goal, proxy, further: 'further' in parsed ? parsed.further : {} }
}
