import type { EpisodeRecording } from '@goalpost/evaluation'
import { z } from 'zod'

/** Episodes are kept on the first levels of a suite, at most this many. */
export const maxKeptLevels = 256

/** What the policy thought at each step of an episode, before it acted. */
const decisions = z.object({
  /** [step][action] */
  probabilities: z.array(z.array(z.number()).readonly()).readonly(),
  /** The critic's value; absent without a critic. */
  values: z.array(z.number()).readonly().exactOptional(),
})
export type Decisions = Readonly<z.infer<typeof decisions>>

const keptEpisodes = z.object({
  format: z.literal('goalpost-trajectories/1'),
  environment: z.string(),
  version: z.string(),
  parameters: z.custom<EpisodeRecording['parameters']>((value) => typeof value === 'object' && value !== null),
  /** SHA-256 of the policy that acted, and its action selection. */
  policy: z.string(),
  mode: z.string(),
  episodes: z
    .array(
      z.object({
        /** Index of the level in the suite. */
        index: z.int(),
        // The environment parses it.
        level: z.custom<EpisodeRecording['level']>((value) => value !== undefined),
        /** From the start to the end of the episode. */
        actions: z.array(z.int()).readonly(),
        /** Reset seed; absent in deterministic environments. */
        seed: z.int().exactOptional(),
        decisions: decisions.exactOptional(),
      }),
    )
    .readonly(),
})

/** Episodes of one policy on some levels of a suite: enough to replay and draw them without the policy. */
export type KeptEpisodes = Readonly<z.infer<typeof keptEpisodes>>

export const keptEpisodesMediaType = 'application/vnd.goalpost.trajectories+json'

export function encodeKeptEpisodes(kept: KeptEpisodes): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(kept))
}

/** Throws a ZodError for bytes of another format. */
export function decodeKeptEpisodes(bytes: Uint8Array): KeptEpisodes {
  return keptEpisodes.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** Each episode as its own file. */
export function toRecordings({ episodes, ...common }: KeptEpisodes): EpisodeRecording[] {
  const { environment, version, parameters, policy, mode } = common
  return episodes.map(({ level, seed = 0, actions }) => ({
    format: 'goalpost-episode/1',
    environment,
    version,
    parameters,
    level,
    seed,
    policy,
    mode,
    actions: [...actions],
  }))
}
