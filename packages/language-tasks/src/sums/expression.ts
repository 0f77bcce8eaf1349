import type { Rng } from '@goalpost/random'

/** Three terms, of which some are letters. Its value is its largest term. */
export type Expression = {
  /** Numbers from 0 to 9, also of the terms that are shown as letters. */
  readonly values: readonly [number, number, number]
  /** A letter, or null where the number is shown. */
  readonly letters: readonly [string | null, string | null, string | null]
}

/** Numbers of unknown terms that an expression can have. */
export const unknownCounts = [0, 1, 2, 3] as const

const letters = ['x', 'y', 'z', 'w']

/** Triples of values that training never has: one in ten. */
export function isHeldOut([first, second, third]: Expression['values']): boolean {
  return (first + 3 * second + 7 * third) % 10 === 0
}

/** An expression with so many unknowns, of held-out values or of those in training. */
export function drawExpression(unknowns: number, { heldOut, random }: { heldOut: boolean; random: Rng }): Expression {
  let values = drawValues(random)
  while (isHeldOut(values) !== heldOut) values = drawValues(random)
  const hidden = shuffled([0, 1, 2], random).slice(0, unknowns)
  const names = shuffled(letters, random)
  const name = (term: number) => (hidden.includes(term) ? names[term] : null)
  return { values, letters: [name(0), name(1), name(2)] }
}

export function valueOf({ values }: Expression): number {
  return Math.max(...values)
}

/** The unknown terms in order. */
export function unknownsOf({ values, letters: names }: Expression): readonly { letter: string; value: number }[] {
  return names.flatMap((letter, term) => (letter === null ? [] : [{ letter, value: values[term] }]))
}

function drawValues(random: Rng): [number, number, number] {
  return [random.integer(10), random.integer(10), random.integer(10)]
}

/** Fisher–Yates. */
function shuffled<Item>(items: readonly Item[], random: Rng): Item[] {
  const order = items.slice()
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}
