import type { EpisodeRecording } from '@goalpost/evaluation'
import { z } from 'zod'

const exampleEpisode = z.object({
  // The environment parses it.
  level: z.custom<EpisodeRecording['level']>((value) => value !== undefined),
  /** Indices into the environment's actions, from the start to the end of the episode. */
  actions: z.array(z.int()).readonly(),
  reached: z.enum(['goal', 'proxy', 'both', 'neither']),
  /** Reset seed; absent in deterministic environments. */
  seed: z.int().exactOptional(),
  /** Share of solvable levels on which the policy ended the same way. */
  share: z.number(),
})

/** One episode to draw: its level and actions. */
export type ExampleEpisode = Readonly<z.infer<typeof exampleEpisode>>

export function encodeExample(example: ExampleEpisode): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(example))
}

/** Throws a ZodError for bytes of another format. */
export function decodeExample(bytes: Uint8Array): ExampleEpisode {
  return exampleEpisode.parse(JSON.parse(new TextDecoder().decode(bytes)))
}
