import type { JsonObject, JsonValue } from '@goalpost/contracts'
import { referenceNames, stay, type Environment } from '@goalpost/environments'
import {
  encodeRecording,
  playReference,
  recordingMediaType,
  replay as playAgain,
  replayRecording,
  type EpisodeRecording,
  type PlayedEpisode,
} from '@goalpost/evaluation'
import type { ToolFile } from '@goalpost/experiments'
import { z } from 'zod'
import { defineTool, ToolFault } from '../../define-tool.ts'
import { naming, seed, showing } from './arguments.ts'
import { blaming, filesOf, findLevel, type FoundLevel } from './find-level.ts'
import { drawLevel, episodeData, episodesTable, hashOf, levelData, levelFile } from './present.ts'

const replaying = z.strictObject({
  ...naming,
  actions: z
    .string()
    .max(100_000)
    .optional()
    .describe(
      'What the agent does: names of actions or `stay`, or their beginnings, with commas or spaces between them',
    ),
  by: z.enum(referenceNames).optional().describe('Instead of actions: the reference policy that plays'),
  seed: seed.describe('Of the episode, where anything happens by chance'),
  ...showing,
})
type Replaying = z.infer<typeof replaying>

type Play = {
  readonly policy: string | null
  readonly mode: string | null
  readonly seed: number
  readonly played: PlayedEpisode
}

export const replay = defineTool({
  group: 'levels',
  name: 'replay',
  summary: 'an episode on a level: of given actions, of a reference policy, or a recorded one',
  description:
    'Plays an episode and draws the way it takes. Level, seed and actions are the whole episode: its recording is kept, and ' +
    'gives the same episode on any machine.',
  operands: ['level'],
  arguments: replaying,
  files: filesOf,
  run(given, files) {
    const found = findLevel(given, files)
    const play = playEpisode(given, found)
    const { policy, played } = play
    const by = policy === null ? 'the given actions' : `${policy}${play.mode === null ? '' : `, ${play.mode}`}`
    const record = { actions: played.actions, seed: play.seed }
    const picture = drawLevel(found, { ...given, title: 'Episode', caption: `by ${by}`, episode: record })
    const recording = recordingOf(found, play)
    return {
      report: {
        title: `An episode in ${found.environment.name}`,
        summary: `On the level ${hashOf(found)}, by ${by}.`,
        parts: [picture.part, episodesTable('How it went', [{ name: by, played }])],
      },
      data: { ...levelData(found), recording: recording as JsonObject, episode: episodeData(played) },
      files: [recordingFile(recording), levelFile(found), ...picture.files],
    }
  },
})

function playEpisode({ actions, by, seed: given }: Replaying, found: FoundLevel): Play {
  const { environment, parameters, level, recording } = found
  if (actions !== undefined && by !== undefined)
    throw new ToolFault({ pointer: '/by', message: 'stands beside `actions`', remedy: 'Leave one of the two out' })
  if (by !== undefined) {
    const played = playReference(environment, parameters, { name: by, level, seed: given })
    return { policy: by, mode: null, seed: given, played }
  }
  if (actions !== undefined) {
    const parsed = parseActions(environment, actions)
    return {
      policy: null,
      mode: null,
      seed: given,
      played: playAgain(environment, parameters, { level, actions: parsed, seed: given }),
    }
  }
  if (recording === null) {
    const remedy = `Give actions (${environment.actions.join(', ')}), a reference policy as \`by\`, or the hash of a recorded episode`
    throw new ToolFault({ pointer: '/actions', message: 'are needed: a level alone has no episode', remedy })
  }
  const { policy, mode, seed: recorded } = recording
  const { episode } = blaming('/level', 'was', () => replayRecording(environment, recording))
  return { policy, mode, seed: recorded, played: episode }
}

/** `up,up,left`, `u u l` or `uul`, where that is unambiguous. */
function parseActions({ actions }: Pick<Environment, 'actions'>, text: string): number[] {
  const names = [...actions, 'stay']
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  const letters = words.length === 1 && matching(names, words[0]).length === 0 ? words[0].split('') : words
  return letters.map((word, index) => {
    const found = matching(names, word)
    if (found.length === 1) return found[0] === 'stay' ? stay : actions.indexOf(found[0])
    const message = `has ${JSON.stringify(word)} at place ${index + 1}, which ${found.length === 0 ? 'is no action' : `may be ${found.join(' or ')}`}`
    throw new ToolFault({ pointer: '/actions', message, remedy: `Actions are ${names.join(', ')}` })
  })
}

function matching(names: readonly string[], word: string): readonly string[] {
  return names.includes(word) ? [word] : names.filter((name) => name.startsWith(word))
}

function recordingOf(
  { environment, parameters, level }: FoundLevel,
  { policy, mode, seed: used, played }: Play,
): EpisodeRecording {
  return {
    format: 'goalpost-episode/1',
    environment: environment.name,
    version: environment.version,
    parameters: parameters as EpisodeRecording['parameters'],
    level: environment.levelToJson(level) as JsonValue as EpisodeRecording['level'],
    seed: used,
    policy,
    mode,
    actions: [...played.actions],
  }
}

function recordingFile(recording: EpisodeRecording): ToolFile {
  const text = new TextDecoder().decode(encodeRecording(recording))
  return { name: `${recording.environment}-episode.json`, mediaType: recordingMediaType, text }
}
