import { stay, type Environment } from '@goalpost/environments'
import {
  hashLevel,
  playReference,
  replay as playAgain,
  replayRecording,
  type EpisodeRecording,
  type PlayedEpisode,
} from '@goalpost/evaluation'
import { ToolFault } from '@goalpost/protocol-kit'
import { decodeKeptEpisodes, toRecordings } from '../episodes/kept-episodes.ts'
import { blaming, findLevel, type FoundLevel } from './find-level.ts'
import type { ChosenEpisodes } from './kept-runs.ts'
import type { Replaying } from './replay.ts'
import { environmentOf } from '../environment-of.ts'

/** One episode that is shown: where, by whom, and what came of it. */
export type Play = {
  readonly found: FoundLevel
  /** Who acted, in a word: what episodes of several are told apart by. */
  readonly by: string
  /** As recordings name it. */
  readonly policy: string | null
  readonly mode: string | null
  readonly seed: number
  readonly played: PlayedEpisode
}

type Files = ReadonlyMap<string, Uint8Array>

/** The episodes that are asked for: at least one. Throws a ToolFault where there is none. */
export function playsOf(given: Replaying, files: Files, chosen: ChosenEpisodes | null): Play[] {
  const ways = [given.actions, given.by, given.policy].filter((way) => way !== undefined)
  if (ways.length > 1)
    throw new ToolFault({
      pointer: given.by === undefined ? '/policy' : '/by',
      message: `stands beside \`${given.actions === undefined ? 'policy' : 'actions'}\``,
      remedy: 'Leave one of the two out',
    })
  if (chosen !== null) return recordedPlays(given, files, chosen)
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

/** Of every seed so many episodes: those on the named level, or those from the named place of the suite on. */
function recordedPlays(given: Replaying, files: Files, chosen: ChosenEpisodes): Play[] {
  const level = given.level === undefined ? null : hashOfLevel(findNamed(given, files))
  const plays = chosen.runs.flatMap(({ seed, hash }) => {
    const recorded = decodeKeptEpisodes(files.get(hash) ?? new Uint8Array())
    const by = `${chosen.condition} seed ${seed}`
    // Only what is shown is played again.
    return toRecordings(recorded)
      .filter((recording, at) =>
        level === null ? (recorded.episodes[at]?.index ?? 0) >= given.index : hashOfRecorded(recording) === level,
      )
      .slice(0, given.episodes)
      .map((recording) => recordedPlay(recording, by))
  })
  if (plays.length > 0) return plays
  const message =
    level === null ? `nothing was recorded from level ${given.index} on` : `was not recorded on this level`
  const remedy =
    level === null
      ? 'Recorded are the first solvable levels of a suite, as many as `evaluation.recorded` says'
      : 'Leave out the level: then what was recorded on the first levels of the suite is played'
  throw new ToolFault({ pointer: '/policy', message: `${chosen.condition}: ${message}`, remedy })
}

function recordedPlay(recording: EpisodeRecording, by: string): Play {
  const environment = environmentOf(recording.environment)
  const { policy, mode, seed } = recording
  const { parameters, level, episode } = blaming('/policy', 'was', () => replayRecording(environment, recording))
  return { found: { environment, parameters, level, recording }, by, policy, mode, seed, played: episode }
}

function hashOfRecorded({ environment: name, parameters: given, level }: EpisodeRecording): string {
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

/** Of the actions that were typed, or of the recording that was named. */
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
      'recorded episode'
    throw new ToolFault({ pointer: '/actions', message: 'are needed: a level alone has no episode', remedy })
  }
  const { policy, mode, seed: recorded } = recording
  const { episode } = blaming('/level', 'was', () => replayRecording(environment, recording))
  return { found, by: policy ?? 'the given actions', policy, mode, seed: recorded, played: episode }
}

/** `up,up,left`, `u u l` or `uul`, where that is unambiguous. */
function parseActions({ actions }: Pick<Environment, 'actions'>, text: string): number[] {
  const names = [...actions.map(({ name }) => name), 'stay']
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  const letters = words.length === 1 && matching(names, words[0]).length === 0 ? words[0].split('') : words
  return letters.map((word, index) => {
    const found = matching(names, word)
    if (found.length === 1) return found[0] === 'stay' ? stay : names.indexOf(found[0])
    const message = `has ${JSON.stringify(word)} at place ${index + 1}, which ${found.length === 0 ? 'is no action' : `may be ${found.join(' or ')}`}`
    throw new ToolFault({ pointer: '/actions', message, remedy: `Actions are ${names.join(', ')}` })
  })
}

function matching(names: readonly string[], word: string): readonly string[] {
  return names.includes(word) ? [word] : names.filter((name) => name.startsWith(word))
}
