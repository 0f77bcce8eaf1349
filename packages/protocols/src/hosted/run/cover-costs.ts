import type { Budget } from '../cost.ts'
import type { AnswerJournal } from './answer-journal.ts'

/** What a checkpoint is ahead by: the share of the limit that a killed worker costs at most, and no request uses. */
const shareAhead = 1 / 20

/**
 * Makes checkpoints say what requests may cost before these are sent, so that an attempt that resumes from one cannot pass the
 * limit: what a killed attempt had under way counts as spent. Each checkpoint covers many requests.
 */
export function createCostCover(
  limit: number | null,
  { budget, journal }: { readonly budget: Budget; readonly journal: AnswerJournal },
): () => Promise<void> {
  let raising: Promise<void> | null = null

  async function raise(most: number): Promise<void> {
    const committed = budget.committed()
    await journal.save(Math.max(committed, Math.min(most, committed + most * shareAhead)))
  }

  return async () => {
    while (limit !== null && budget.committed() > journal.spent()) {
      raising ??= raise(limit).finally(() => void (raising = null))
      await raising
    }
  }
}
