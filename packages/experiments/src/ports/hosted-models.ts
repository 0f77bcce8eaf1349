import type { ChatReply, ChatRequest } from '@goalpost/contracts'

/** Models that answer over the network, in the chat-completions format. */
export type HostedModels = {
  /**
   * Rejects with GoalpostError `endpoint-refused` unless the operator allows this address with this key, and the key is
   * there.
   */
  connect(endpoint: HostedEndpoint): Promise<HostedModel>
}

export type HostedEndpoint = {
  readonly baseUrl: string
  /** The worker's variable with the key; null: the one that the operator has set for the address, if any. */
  readonly apiKeyVariable: string | null
  /** Stored answers are shared within it only; null where there are no workspaces. */
  readonly workspace: string | null
  /** For one attempt, from the connection to the last byte. */
  readonly timeoutMs: number
  /** Null: as fast as answers come. */
  readonly requestsPerMinute: number | null
  readonly tokensPerMinute: number | null
}

export type HostedModel = {
  /** The stored answer to an equal request; null if none is stored, or the worker stores none. */
  recall(request: ChatRequest): Promise<ChatReply | null>
  /**
   * One answer, after as many attempts as it takes. Rejects with GoalpostError `endpoint-failed` if none came, or
   * `endpoint-refused` if another attempt would change nothing.
   */
  ask(request: ChatRequest, call: HostedCall): Promise<ChatReply>
  /** Resolves in a second: for signs of life while answers are awaited. */
  tick(): Promise<void>
}

export type HostedCall = {
  readonly signal: AbortSignal
  /** At most so many tokens are read and written: counted against tokens per minute. */
  readonly tokens: number
  /**
   * Called before another attempt, with the cause. `mayCost`: the attempt that failed may be charged, as its answer was
   * late or cannot be read. It waits for the end of this; an error ends the asking.
   */
  onRetry(cause: string, attempt: { readonly mayCost: boolean }): Promise<void>
  /** Called if the answer could not be stored. */
  warn(message: string): void
}
