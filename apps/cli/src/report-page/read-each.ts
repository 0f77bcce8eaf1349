import { GoalpostError } from '@goalpost/contracts'

/** A service is not to be asked thousands of things at once. */
const atATime = 8

/**
 * What the service answers about each item, in their order. Where it says that these were too many requests, what it has answered
 * until then: a page without its last details is better than none, as long as it says so.
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
