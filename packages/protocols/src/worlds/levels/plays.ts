import {
  hashLevel,
  playReference,
  replay as playAgain,
  replayRecording,
  type EpisodeRecording,
  type PlayedEpisode,
} from '@goalpost/evaluation'
import { ToolFault } from '@goalpost/protocol-kit'
import { decodeKeptEpisodes, toRecordings, type Decisions } from '../episodes/kept-episodes.ts'
import { blaming, findLevel, type FoundLevel } from './find-level.ts'
import { parseActions } from './parse-actions.ts'
import type { ChosenEpisodes } from './choose-episodes.ts'
import type { Replaying } from './replay.ts'
import { environmentOf } from '../environment-of.ts'

/** One replayed episode. */
export type Play = {
  readonly found: FoundLevel
  /** Short name of the policy that acted. */
  readonly by: string
  readonly policy: string | null
  readonly mode: string | null
  readonly seed: number
  readonly played: PlayedEpisode
  /** What the policy thought at each step, if that was recorded. */
  readonly decisions?: Decisions
}

type Files = ReadonlyMap<string, Uint8Array>

/** The requested episodes, at least one. Throws a ToolFault if there is none. */
export function playsOf(given: Replaying, files: Files, chosen: ChosenEpisodes | null): Play[] {
  const ways = [given.actions, given.by, given.policy].filter((way) => way !== undefined)
  if (ways.length > 1)
    throw new ToolFault({
      pointer: given.by === undefined ? '/policy' : '/by',
      message: `cannot be combined with \`${given.actions === undefined ? 'policy' : 'actions'}\``,
      remedy: 'Leave one of them out',
    })
  if (chosen !== null) return keptPlays(given, files, chosen)
  const found = findNamed(given, files)
  if (given.by === undefined) return [typedPlay(given, found)]
  return Array.from({ length: given.episodes }, (_, index) => referencePlay(given, found, given.seed + index))
}

function findNamed(given: Replaying, files: Files): FoundLevel {
  const { level } = given
  if (level !== undefined) return findLevel({ ...given, level }, files)
  throw new ToolFault({
    pointer: '/level',
    message: 'is needed',
    remedy: 'Name a level, or a trained policy as `policy`',
  })
}

/** The requested number of episodes for every seed, on the given level or from the given index of the suite on. */
function keptPlays(given: Replaying, files: Files, chosen: ChosenEpisodes): Play[] {
  const level = given.level === undefined ? null : hashOfLevel(findNamed(given, files))
  const plays = chosen.runs.flatMap(({ seed, hash }) => {
    const kept = decodeKeptEpisodes(files.get(hash) ?? new Uint8Array())
    const by = `${chosen.condition} seed ${seed}`
    return toRecordings(kept)
      .map((recording, at) => ({ recording, episode: kept.episodes[at] }))
      .filter(({ recording, episode }) =>
        level === null ? (episode?.index ?? 0) >= given.index : hashOfKept(recording) === level,
      )
      .slice(0, given.episodes)
      .map(({ recording, episode: { decisions } }) => ({
        ...keptPlay(recording, by),
        ...(decisions === undefined ? {} : { decisions }),
      }))
  })
  if (plays.length > 0) return plays
  const message =
    level === null ? `no episodes were kept from level ${given.index} on` : 'no episodes were kept on this level'
  const remedy =
    level === null
      ? 'Episodes are kept on the first solvable levels of a suite; `evaluation.recorded` sets how many'
      : 'Leave out the level to replay episodes on the first levels of the suite'
  throw new ToolFault({ pointer: '/policy', message: `${chosen.condition}: ${message}`, remedy })
}

function keptPlay(recording: EpisodeRecording, by: string): Play {
  const environment = environmentOf(recording.environment)
  const { policy, mode, seed } = recording
  const { parameters, level, episode } = blaming('/policy', 'was', () => replayRecording(environment, recording))
  return { found: { environment, parameters, level, recording }, by, policy, mode, seed, played: episode }
}

function hashOfKept({ environment: name, parameters: given, level }: EpisodeRecording): string {
  const environment = environmentOf(name)
  return blaming('/policy', 'was', () =>
    hashLevel(environment, environment.levelFromJson(environment.parameters.parse(given), level)),
  )
}

const hashOfLevel = ({ environment, level }: FoundLevel) => hashLevel(environment, level)

function referencePlay({ by }: Replaying, found: FoundLevel, seed: number): Play {
  const { environment, parameters, level } = found
  const name = by ?? 'random'
  const played = playReference(environment, parameters, { name, level, seed })
  return { found, by: name, policy: name, mode: null, seed, played }
}

/** An episode of the given actions, or a kept one. */
function typedPlay({ actions, seed }: Replaying, found: FoundLevel): Play {
  const { environment, parameters, level, recording } = found
  if (actions !== undefined) {
    const parsed = parseActions(environment, actions)
    const played = playAgain(environment, parameters, { level, actions: parsed, seed })
    return { found, by: 'the given actions', policy: null, mode: null, seed, played }
  }
  if (recording === null) {
    const remedy =
      `Give actions (${environment.actions.map(({ name }) => name).join(', ')}), a reference policy as \`by\`, a trained one as \`policy\`, or the hash of a ` +
      'kept episode'
    throw new ToolFault({ pointer: '/actions', message: 'are needed: a level alone has no episode', remedy })
  }
  const { policy, mode, seed: ownSeed } = recording
  const { episode } = blaming('/level', 'was', () => replayRecording(environment, recording))
  return { found, by: policy ?? 'the given actions', policy, mode, seed: ownSeed, played: episode }
}
