import { GoalpostError } from '@goalpost/contracts'

/** Bounds the requests in flight. */
const atATime = 8

/**
 * The service's answers for each item, in order. If the rate limit is reached, the answers received
 * until then: a page that lacks some details, and states that, is better than none.
 */
export async function readEach<Item, Answer>(
  items: readonly Item[],
  read: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let first = 0; first < items.length; first += atATime) {
    const batch = await Promise.allSettled(items.slice(first, first + atATime).map(read))
    for (const outcome of batch) {
      if (outcome.status === 'fulfilled') answers.push(outcome.value)
      else if (isTooMany(outcome.reason)) return answers
      else throw outcome.reason
    }
  }
  return answers
}

const isTooMany = (reason: unknown) => reason instanceof GoalpostError && reason.code === 'too-many-requests'
