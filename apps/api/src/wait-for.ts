import { setTimeout as sleep } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'

const pauseMs = 500

type Patience = { readonly limitMs: number; readonly onFailure: (error: GoalpostError) => void }

/** Retries while the result is `unavailable`, for at most `limitMs`. Other errors are thrown at once. */
export async function waitFor<Value>(work: () => Promise<Value>, { limitMs, onFailure }: Patience): Promise<Value> {
  const deadline = Date.now() + limitMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof GoalpostError) || error.code !== 'unavailable') throw error
      if (Date.now() + pauseMs > deadline) {
        throw new GoalpostError('unavailable', `${error.message} (tried for ${limitMs / 1_000} s)`, { cause: error })
      }
      onFailure(error)
      await sleep(pauseMs)
    }
  }
}
