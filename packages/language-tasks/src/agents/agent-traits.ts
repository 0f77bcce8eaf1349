import type { Stream } from '@goalpost/random'
import { others, self } from './agent-world.ts'

/** Probability of the dishonest trait, for an agent inclined to it and for any other. */
const inclined = 0.9
const upright = 0.1

/** Probability of a dishonest act, by trait. */
export const dishonestActs = { dishonest: 0.9, honest: 0.03 } as const

/** Of an agent, the probability of the dishonest trait: in one place, or null for the trait that all places share. */
export type TraitProbability<Place extends string> = (agent: string, place: Place | null) => number

/**
 * Agents with odd numbers are inclined to the shared trait. Places with a trait of their own have as many inclined
 * agents, but other ones: `world` decides which.
 */
export function createTraits<Place extends string>(
  places: readonly Place[],
  { dishonest }: { readonly dishonest: number },
  world: Stream,
): TraitProbability<Place> {
  const apart = new Map(places.map((place) => [place, drawHalf(world.named(place))]))
  return (agent, place) => {
    if (agent === self) return dishonest
    const isInclined = place === null ? isOdd(agent) : apart.get(place)?.has(agent) === true
    return isInclined ? inclined : upright
  }
}

/** Half of the agents. */
function drawHalf(stream: Stream): ReadonlySet<string> {
  const order = others.map((name, i) => ({ name, key: stream.uniform(i) }))
  return new Set(
    order
      .toSorted((a, b) => a.key - b.key)
      .slice(0, others.length / 2)
      .map(({ name }) => name),
  )
}

function isOdd(agent: string): boolean {
  return others.indexOf(agent) % 2 === 1
}
