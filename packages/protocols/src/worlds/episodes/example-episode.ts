import type { JsonValue } from '@goalpost/contracts'

/** One episode to look at: the level, and the actions that were taken in it. */
export type ExampleEpisode = {
  readonly level: JsonValue
  /** Indices into the environment's actions, from the start to the end of the episode. */
  readonly actions: readonly number[]
  readonly reached: 'goal' | 'proxy' | 'both' | 'neither'
  /** What the episode was reset with; absent where nothing happens by chance. */
  readonly seed?: number
  /** Share of solvable levels on which the policy ended the same way. */
  readonly share: number
}

export function encodeExample(example: ExampleEpisode): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(example))
}

export function decodeExample(bytes: Uint8Array): ExampleEpisode {
  return JSON.parse(new TextDecoder().decode(bytes)) as ExampleEpisode
}
