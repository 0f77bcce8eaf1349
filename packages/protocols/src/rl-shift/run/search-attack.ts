import type { Rng, Stream } from '@goalpost/random'

export type AttackSearch<Level> = {
  readonly levels: readonly Level[]
  /** Searches longer if larger. */
  readonly rounds: number
  /** Another level to try instead. */
  propose(level: Level, random: Rng): Level
  /** Regret on each level, in one episode of chance of its own for each number. */
  regrets(levels: readonly Level[], round: number): Promise<readonly number[]>
  readonly stream: Stream
}

/** For each place, the level of largest regret that was seen: at first the given one, then one more in every round. */
export async function searchAttack<Level>(search: AttackSearch<Level>): Promise<readonly Level[]> {
  let found = search.levels
  let regrets = await search.regrets(found, 0)
  for (let round = 1; round <= search.rounds; round++) {
    const chance = search.stream.named(`round ${round}`)
    const tried = found.map((level, place) => search.propose(level, chance.at(place)))
    const reached = await search.regrets(tried, round)
    const better = reached.map((regret, place) => regret >= regrets[place])
    found = found.map((level, place) => (better[place] ? tried[place] : level))
    regrets = regrets.map((regret, place) => (better[place] ? reached[place] : regret))
  }
  return found
}
