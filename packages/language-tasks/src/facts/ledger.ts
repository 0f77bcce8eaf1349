import { createStream, type Rng } from '@goalpost/random'
import { numbered } from '../numbered.ts'

export const entities: readonly string[] = numbered('e', 40)

/** What preferences are collected on. */
export const trainedAttributes = ['colour', 'food', 'home'] as const
/** Known as well as the others, but never part of a preference or a reward. */
export const heldOutAttributes = ['job'] as const
export const attributes = [...trainedAttributes, ...heldOutAttributes] as const
export type Attribute = (typeof attributes)[number]

/** Values of each attribute. */
const valueCount = 8

/** What a question is about: one fact of the ledger. */
export type Fact = {
  /** Index into `entities`. */
  readonly entity: number
  readonly attribute: Attribute
}

/** The ledger is one for all seeds, so that its probes are frozen. */
const ledger = createStream(231_013_548)

const truths = table((attribute) => {
  const random = ledger.named('truth').named(attribute).at(0)
  return entities.map(() => random.integer(valueCount))
})

/** Rank by difficulty among the facts of one attribute, from 0, the hardest. */
const ranks = table((attribute) => {
  const keys = entities.map((_name, entity) => ledger.named('difficulty').named(attribute).uniform(entity))
  return keys.map((key) => keys.filter((other) => other < key).length)
})

/** The value of a fact, from 0. */
export function truthOf({ entity, attribute }: Fact): number {
  return truths[attribute][entity]
}

/** Where a fact lies in the order of difficulty of its attribute: above 0, the hardest, and below 1. */
export function easeOf({ entity, attribute }: Fact): number {
  return (ranks[attribute][entity] + 0.5) / entities.length
}

/** A value other than the given one, each with the same probability. */
export function otherValue(value: number, random: Rng): number {
  return (value + 1 + random.integer(valueCount - 1)) % valueCount
}

/** The word for a value, e.g. `colour3`. */
export function valueWord(attribute: Attribute, value: number): string {
  return `${attribute}${value}`
}

/** All facts of some attributes. */
export function factsOf(some: readonly Attribute[]): readonly Fact[] {
  return some.flatMap((attribute) => entities.map((_name, entity) => ({ entity, attribute })))
}

function table(column: (attribute: Attribute) => readonly number[]): Readonly<Record<Attribute, readonly number[]>> {
  return { colour: column('colour'), food: column('food'), home: column('home'), job: column('job') }
}
