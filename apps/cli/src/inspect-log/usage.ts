import type { ChatReply } from '@goalpost/contracts'

export type InspectUsage = {
  readonly input_tokens: number
  readonly output_tokens: number
  readonly total_tokens: number
}

export const noUsage: InspectUsage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 }

export function addUsage(a: InspectUsage, b: InspectUsage): InspectUsage {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
  }
}

/** Of all answers of a dialogue for which the endpoint said how many tokens they took. */
export function usageOf(replies: readonly ChatReply[]): InspectUsage {
  return replies
    .flatMap(({ usage }) => usage ?? [])
    .map(({ inputTokens, outputTokens }) => ({
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    }))
    .reduce(addUsage, noUsage)
}
