/** What an attempt to deliver has led to. */
export type AttemptOutcome = {
  /** Null: there was no answer. */
  readonly status: number | null
  readonly error: string | null
}

export type DeliveryDecision =
  | { readonly state: 'delivered' }
  | { readonly state: 'pending'; readonly afterMs: number }
  | { readonly state: 'failed'; readonly disable: string | null }

const seconds = 1_000
const minutes = 60 * seconds
const hours = 60 * minutes

/** The pauses after failed attempts: a day in all. */
const pausesMs: readonly number[] = [
  5 * seconds,
  30 * seconds,
  2 * minutes,
  10 * minutes,
  30 * minutes,
  1 * hours,
  2 * hours,
  4 * hours,
  8 * hours,
  8 * hours,
]

export const mostAttempts = pausesMs.length + 1

type Attempted = {
  /** Of this attempt, from 1; it starts again when a delivery is repeated by hand. */
  readonly number: number
  /** The endpoint has accepted nothing since the delivery was created. */
  readonly silentSince: boolean
  /** From 0 to 1: many deliveries that failed together are not repeated together. */
  readonly random: number
}

/** 410 means that the endpoint is gone; any other failure may pass. */
export function decideDelivery(
  { status, error }: AttemptOutcome,
  { number, silentSince, random }: Attempted,
): DeliveryDecision {
  if (error === null) return { state: 'delivered' }
  if (status === 410) return { state: 'failed', disable: 'the endpoint answered 410 Gone' }
  const pauseMs = pausesMs[number - 1]
  if (pauseMs !== undefined) return { state: 'pending', afterMs: Math.round(pauseMs * (0.75 + random / 2)) }
  const disable = silentSince ? `it accepted nothing for a day; the last error: ${error}` : null
  return { state: 'failed', disable }
}
