import type { HostedModel, TaskContext } from '@goalpost/experiments'
import type { Budget } from '../cost.ts'
import type { AnswerJournal } from './answer-journal.ts'

type Watched = {
  readonly model: HostedModel
  readonly journal: AnswerJournal
  readonly budget: Budget
  readonly stop: AbortController
  /** Reports progress: a sign of life. */
  readonly tell: () => void
}

/** At least so many answers for a checkpoint, and a tenth of those that it repeats: what is written in all grows in proportion. */
const answersPerCheckpoint = 20
const shareOfSaved = 0.1

/** Gives signs of life and keeps answers while they are awaited. What was paid for is kept in any case. */
export async function watchAsking<Value>(
  context: TaskContext,
  asking: Promise<Value>,
  { model, journal, budget, stop, tell }: Watched,
): Promise<Value> {
  const ending = asking.then(
    () => true,
    () => true,
  )
  try {
    while (!(await Promise.race([ending, model.tick().then(() => false)]))) {
      tell()
      if (isWorthSaving(journal) || context.pauseRequested()) await journal.save()
      await context.yieldToEventLoop()
    }
    const value = await asking
    tell()
    return value
  } catch (error) {
    stop.abort(error)
    await ending
    // Nothing is under way any more: what was spent is exact.
    if (journal.unsaved() > 0 || journal.spent() !== budget.spent())
      await journal.save(budget.spent()).catch(() => undefined)
    throw error
  }
}

function isWorthSaving(journal: AnswerJournal): boolean {
  const saved = journal.count() - journal.unsaved()
  return journal.unsaved() >= Math.max(answersPerCheckpoint, saved * shareOfSaved)
}
