import type { JsonObject, JsonValue } from '@goalpost/contracts'
import type { EpisodeRecording } from '@goalpost/evaluation'

/** Levels of a suite on which actions can be written down: the first ones. */
export const maxKeptLevels = 256

/** What one policy did on some levels of a suite: everything that plays and draws these episodes again, without the policy. */
export type KeptEpisodes = {
  readonly format: 'goalpost-trajectories/1'
  readonly environment: string
  readonly version: string
  readonly parameters: JsonObject
  /** SHA-256 of the policy that acted, and how it did. */
  readonly policy: string
  readonly mode: string
  readonly episodes: readonly {
    /** Its place in the suite. */
    readonly index: number
    readonly level: JsonValue
    /** From the start to the end of the episode. */
    readonly actions: readonly number[]
    /** What the episode was reset with; absent where nothing happens by chance. */
    readonly seed?: number
  }[]
}

export const keptEpisodesMediaType = 'application/vnd.goalpost.trajectories+json'

export function encodeKeptEpisodes(recorded: KeptEpisodes): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(recorded))
}

export function decodeKeptEpisodes(bytes: Uint8Array): KeptEpisodes {
  return JSON.parse(new TextDecoder().decode(bytes)) as KeptEpisodes
}

/** Each of the episodes as a recording of its own. */
export function toRecordings({ episodes, ...common }: KeptEpisodes): EpisodeRecording[] {
  const { environment, version, parameters, policy, mode } = common
  return episodes.map(({ level, seed = 0, actions }) => ({
    format: 'goalpost-episode/1',
    environment,
    version,
    parameters: parameters as EpisodeRecording['parameters'],
    level: level as EpisodeRecording['level'],
    seed,
    policy,
    mode,
    actions: [...actions],
  }))
}
