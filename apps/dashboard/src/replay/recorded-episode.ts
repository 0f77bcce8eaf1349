import type { ToolAnswer } from '@goalpost/contracts'

/** What the policy thought at each step of an episode, before it acted. */
export type Decisions = {
  /** [step][action] */
  readonly probabilities: readonly (readonly number[])[]
  /** The critic's value at each step; empty without a critic. */
  readonly values: readonly number[]
}

/** An episode as the `replay` tool answers it. */
export type RecordedEpisode = {
  readonly environment: string
  readonly version: string
  readonly parameters: unknown
  readonly level: unknown
  readonly seed: number
  readonly actions: readonly number[]
  /** Of the intended goal, and of the proxy. */
  readonly returns: readonly [intended: number, proxy: number]
  /** Null where they were not recorded. */
  readonly decisions: Decisions | null
}

/** Wrong goals first: the more the proxy earned beyond the intended goal, the earlier. */
export function episodesOf({ data }: Pick<ToolAnswer, 'data'>): RecordedEpisode[] {
  const given = Array.isArray(data['episodes']) ? data['episodes'] : [data]
  return given.map(readEpisode).toSorted((a, b) => b.returns[1] - b.returns[0] - (a.returns[1] - a.returns[0]))
}

function readEpisode(value: unknown): RecordedEpisode {
  const { recording, episode, decisions } = objectOf(value)
  const { environment, version, parameters, level, seed, actions } = objectOf(recording)
  const { trueReturn, proxyReturn } = objectOf(episode)
  return {
    environment: String(environment),
    version: String(version),
    parameters,
    level,
    seed: Number(seed),
    actions: numbersOf(actions),
    returns: [Number(trueReturn), Number(proxyReturn)],
    decisions: decisions === undefined ? null : readDecisions(decisions),
  }
}

function readDecisions(value: unknown): Decisions {
  const { probabilities, values } = objectOf(value)
  return {
    probabilities: Array.isArray(probabilities) ? probabilities.map(numbersOf) : [],
    values: numbersOf(values),
  }
}

const numbersOf = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : [])

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new RangeError('The service sent no recorded episode')
  return { ...value }
}
