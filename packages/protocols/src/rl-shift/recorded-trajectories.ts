import type { JsonValue } from '@goalpost/contracts'

/** What one policy did on some levels of a suite: levels as JSON, and the actions from the start to the end of an episode. */
export type RecordedTrajectories = {
  readonly episodes: readonly {
    readonly level: JsonValue
    readonly actions: readonly number[]
    /** What the episode was reset with; absent where nothing happens by chance. */
    readonly seed?: number
  }[]
}

export function encodeTrajectories(recorded: RecordedTrajectories): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(recorded))
}

export function decodeTrajectories(bytes: Uint8Array): RecordedTrajectories {
  return JSON.parse(new TextDecoder().decode(bytes)) as RecordedTrajectories
}
