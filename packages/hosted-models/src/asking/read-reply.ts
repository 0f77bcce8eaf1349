import type { ChatReply } from '@goalpost/contracts'
import { z } from 'zod'

const tokens = z.number().int().min(0)

/** The part of a chat completion that is read. Other members are the endpoint's own. */
const completion = z.object({
  model: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
})

/** What an endpoint sent, if it is a chat completion; null otherwise. */
export function readReply(body: unknown): ChatReply | null {
  const { data } = completion.safeParse(body)
  const choice = data?.choices[0]
  if (data === undefined || choice === undefined) return null
  const { message, finish_reason: finish } = choice
  return {
    text: message.content ?? null,
    // Some endpoints send an empty one with every answer.
    refusal: message.refusal || null,
    finish: finish ?? 'stop',
    model: data.model ?? null,
    fingerprint: data.system_fingerprint ?? null,
    usage: data.usage ? { inputTokens: data.usage.prompt_tokens, outputTokens: data.usage.completion_tokens } : null,
  }
}

/** A reply without an answer, for its reason. */
export function withoutAnswer(finish: 'unreadable' | 'content_filter'): ChatReply {
  return { text: null, refusal: null, finish, model: null, fingerprint: null, usage: null }
}
