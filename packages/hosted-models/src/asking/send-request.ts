import type { ChatRequest } from '@goalpost/contracts'
import { OpenAI } from 'openai'

/** One attempt. Resolves to what the endpoint sent; rejects with an error of the client. */
export type Send = (request: ChatRequest, signal: AbortSignal) => Promise<unknown>

type Connection = { readonly baseUrl: string; readonly key: string | null; readonly timeoutMs: number }

/** The client takes nothing from its own variables, and follows no redirect. */
export function openSender({ baseUrl, key, timeoutMs }: Connection): Send {
  const client = new OpenAI({
    baseURL: baseUrl,
    // The client insists on one.
    apiKey: key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // Retries are decided here, where they can be told.
    maxRetries: 0,
    timeout: timeoutMs,
    // An allowed address must not lead to one that is not.
    fetchOptions: { redirect: 'manual' },
  })
  return (request, signal) =>
    client.chat.completions.create(bodyOf(request), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
}

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming

/** The request as it is sent. */
export function bodyOf({ model, messages, temperature, maxTokens, limitField }: ChatRequest): Body {
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature === null ? {} : { temperature }),
    [limitField]: maxTokens,
  }
}
