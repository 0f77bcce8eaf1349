/** Spreads requests evenly, so that no minute has more of them, or of their tokens, than allowed. */
export type Pace = {
  /** Reserves the next place for a request; returns how long to wait for it. */
  reserveMs(tokens: number): number
  /** Nobody goes before this much time has passed. */
  holdMs(duration: number): void
}

export type PaceLimits = { readonly requestsPerMinute: number | null; readonly tokensPerMinute: number | null }

const minuteMs = 60_000

/** `now`: milliseconds from any origin. */
export function createPace({ requestsPerMinute, tokensPerMinute }: PaceLimits, now: () => number): Pace {
  let next = -Infinity
  return {
    reserveMs(tokens) {
      const at = Math.max(now(), next)
      const forRequest = requestsPerMinute === null ? 0 : minuteMs / requestsPerMinute
      const forTokens = tokensPerMinute === null ? 0 : (tokens * minuteMs) / tokensPerMinute
      next = at + Math.max(forRequest, forTokens)
      return at - now()
    },
    holdMs(duration) {
      next = Math.max(next, now() + duration)
    },
  }
}
