import type { Environment } from '@goalpost/environments'
import { z } from 'zod'
import { canonicalize } from 'json-canonicalize'
import { replay, type PlayedEpisode } from './replay.ts'

const recording = z.strictObject({
  format: z.literal('goalpost-episode/1'),
  environment: z.string(),
  /** The environment's: changed rules would play another episode. */
  version: z.string(),
  parameters: z.record(z.string(), z.json()),
  level: z.json(),
  /** The seed of the reset. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** The SHA-256 of the policy's file, the name of a reference, or null for actions given by hand. */
  policy: z.string().nullable(),
  /** `sampled` or `greedy`; null if neither applies. */
  mode: z.string().nullable(),
  actions: z.array(z.int().min(0).max(255)),
})

/**
 * An episode as data: enough to replay and draw it on any machine, without the policy. Level and parameters are JSON.
 */
export type EpisodeRecording = z.infer<typeof recording>

export const recordingMediaType = 'application/vnd.goalpost.episode+json'

/** Equal episodes give equal bytes. */
export function encodeRecording(episode: EpisodeRecording): Uint8Array {
  return new TextEncoder().encode(canonicalize(episode))
}

/** Throws a RangeError with the reason. */
export function parseRecording(value: unknown): EpisodeRecording {
  const parsed = recording.safeParse(value)
  if (parsed.success) return parsed.data
  throw new RangeError(`not a recorded episode: ${z.prettifyError(parsed.error)}`)
}

export type ReplayedRecording<Parameters, Level> = {
  readonly parameters: Parameters
  readonly level: Level
  readonly episode: PlayedEpisode
}

/** Throws a RangeError if it was recorded in another world than `environment`, or under other rules. */
export function replayRecording<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  { environment: name, version, parameters: given, level: json, actions, seed }: EpisodeRecording,
): ReplayedRecording<Parameters, Level> {
  if (name !== environment.name) throw new RangeError(`recorded in ${name}, not in ${environment.name}`)
  if (version !== environment.version)
    throw new RangeError(`recorded with version ${version} of ${name}, which is now at version ${environment.version}`)
  const parameters = environment.parameters.parse(given)
  const level = environment.levelFromJson(parameters, json)
  return { parameters, level, episode: replay(environment, parameters, { level, actions, seed }) }
}
