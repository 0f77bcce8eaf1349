import { z } from 'zod'

/** What a chat-completions endpoint is asked. */
export const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
    .min(1)
    .readonly(),
  /** Null leaves it to the endpoint: some models accept no temperature. */
  temperature: z.number().min(0).max(2).nullable(),
  /** The most tokens of one answer. */
  maxTokens: z.number().int().min(1),
  /** Which field of the request limits them: newer endpoints only know the second. */
  limitField: z.enum(['max_tokens', 'max_completion_tokens']),
})
export type ChatRequest = z.infer<typeof chatRequest>
export type ChatMessage = ChatRequest['messages'][number]

/** What it answered. Contains no secret of the worker. */
export const chatReply = z.strictObject({
  /** Null if there is none. */
  text: z.string().nullable(),
  /** A refusal that the endpoint marked as one. */
  refusal: z.string().nullable(),
  /** The endpoint's reason for the end, e.g. `stop`, `length`, `content_filter`; `unreadable` if the reply is in no known format. */
  finish: z.string(),
  /** The exact model that answered, as the endpoint names it. */
  model: z.string().nullable(),
  fingerprint: z.string().nullable(),
  usage: z.strictObject({ inputTokens: z.number().int().min(0), outputTokens: z.number().int().min(0) }).nullable(),
})
export type ChatReply = z.infer<typeof chatReply>
