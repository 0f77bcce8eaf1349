import { GoalpostError, type ChatReply, type ChatRequest } from '@goalpost/contracts'
import type { EndpointOptions } from './endpoint-options.ts'

type Usage = NonNullable<ChatReply['usage']>
type Prices = EndpointOptions['prices']

/** Tokens of a message's role and marks, at most. */
const tokensPerMessage = 16

/** At most so many tokens: no tokenizer makes more tokens than a text has bytes. */
export function mostTokens({ messages, maxTokens }: Pick<ChatRequest, 'messages' | 'maxTokens'>): Usage {
  const bytes = messages.reduce((sum, { content }) => sum + new TextEncoder().encode(content).length, 0)
  return { inputTokens: bytes + tokensPerMessage * messages.length, outputTokens: maxTokens }
}

/** 0 without prices. */
export function costOf({ inputTokens, outputTokens }: Usage, prices: Prices): number {
  return prices === null ? 0 : (inputTokens * prices.input + outputTokens * prices.output) / 1e6
}

/** What one condition may spend. */
export type Budget = {
  spent(): number
  /** With what is set aside for requests under way: never less than what they will have cost. */
  committed(): number
  /**
   * Sets the most aside that a request may cost, as soon as that is within the limit even at the highest costs of the requests under way
   * cost. Rejects with GoalpostError `cost-limit` if it never will be.
   */
  reserve(most: number): Promise<Reservation>
}

export type Reservation = {
  /** Replaces what was set aside by what was paid; once. */
  settle(cost: number): void
  /** An attempt that may be charged although it gave no answer: another one needs as much again. */
  repeat(): Promise<void>
}

/** `before`: what was spent in earlier attempts at the task. */
export function createBudget(limit: number | null, before: number): Budget {
  let spent = before
  let reserved = 0
  let open = 0
  let waiting: (() => void)[] = []

  async function setAside(most: number): Promise<void> {
    while (limit !== null && spent + reserved + most > limit) {
      if (open === 0) throw overLimit(limit, spent)
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    open++
    reserved += most
  }

  function settle(most: number, cost: number): void {
    open--
    // Sums of fractions leave a rest.
    reserved = open === 0 ? 0 : reserved - most
    spent += cost
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }

  return {
    spent: () => spent,
    committed: () => spent + reserved,
    async reserve(most) {
      await setAside(most)
      return createReservation(most, { setAside, settle })
    },
  }
}

type Account = {
  setAside(most: number): Promise<void>
  settle(most: number, cost: number): void
}

function createReservation(most: number, { setAside, settle }: Account): Reservation {
  let isOpen = true
  return {
    settle(cost) {
      if (isOpen) settle(most, cost)
      isOpen = false
    },
    async repeat() {
      settle(most, most)
      isOpen = false
      await setAside(most)
      isOpen = true
    },
  }
}

function overLimit(limit: number, spent: number): GoalpostError {
  return new GoalpostError(
    'cost-limit',
    `The next request could pass the cost limit of ${limit}: ${Number(spent.toPrecision(4))} is spent. Raise \`costLimit\` to go on`,
  )
}
