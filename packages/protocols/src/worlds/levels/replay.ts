import { levelJson, parametersJson } from '../level-json.ts'
import type { JsonObject } from '@goalpost/contracts'
import { referenceNames } from '@goalpost/environments'
import { encodeRecording, recordingMediaType, type EpisodeRecording } from '@goalpost/evaluation'
import type { ToolFile } from '@goalpost/experiments'
import { z } from 'zod'
import { defineTool } from '@goalpost/protocol-kit'
import { naming, seed, showing } from './arguments.ts'
import { filesOf } from './find-level.ts'
import { framesOf } from './frames.ts'
import { drawOverlay } from './overlay.ts'
import { playsOf, type Play } from './plays.ts'
import { drawLevel, episodeData, episodesTable, hashOf, levelData, levelFile } from './present.ts'
import type { ReadPlayed } from './played-condition.ts'
import { chooseEpisodes, experimentOf, playedBy, type ChosenEpisodes } from './choose-episodes.ts'
import { maxKeptLevels, type Decisions } from '../episodes/kept-episodes.ts'

const replaying = z.strictObject({
  ...naming,
  level: naming.level.optional(),
  actions: z
    .string()
    .max(100_000)
    .optional()
    .describe('Actions of the agent: names or their first letters, or `stay`, separated by commas or spaces'),
  by: z.enum(referenceNames).optional().describe('Instead of actions: a reference policy'),
  ...playedBy,
  episodes: z
    .int()
    .min(1)
    .max(maxKeptLevels)
    .default(1)
    .describe('How many episodes, per seed for a trained policy; several are drawn in one picture'),
  seed: seed.describe('Seed of the episode, for environments with randomness'),
  frames: z.boolean().default(false).describe('Draw every step'),
  ...showing,
})
export type Replaying = z.infer<typeof replaying>

export const createReplay = (read: ReadPlayed) =>
  defineTool<Replaying, ChosenEpisodes>({
    group: 'levels',
    name: 'replay',
    summary: 'replay episodes: given actions, a reference or trained policy, or a kept episode',
    description:
      'Plays an episode and draws its path, or plays several and draws them in one picture. Level, seed and actions determine the ' +
      'episode: its file replays the same episode on any machine.',
    operands: ['level'],
    arguments: replaying,
    files: ({ level }) => (level === undefined ? [] : filesOf({ level })),
    experiment: experimentOf,
    choose: (given, evidence) => chooseEpisodes(given, evidence, read),
    run(given, files, { chosen }) {
      const plays = playsOf(given, files, chosen)
      const [only] = plays
      return plays.length === 1 ? showOne(given, only) : showMany(given, plays, chosen)
    },
  })

function showOne(given: Replaying, { found, by: actor, policy, mode, seed: used, played, decisions }: Play) {
  const by = [actor, ...(mode === null ? [] : [mode])].join(', ')
  const record = { actions: played.actions, seed: used }
  const picture = drawLevel(found, { ...given, title: 'Episode', caption: `by ${by}`, episode: record })
  const frames = given.frames ? { frames: framesOf(found, { ...given, played, seed: used }) } : {}
  const recording = recordingOf({ found, policy, mode, seed: used, played })
  return {
    report: {
      title: `An episode in ${found.environment.name}`,
      summary: `On the level ${hashOf(found)}, by ${by}.`,
      parts: [{ ...picture.part, ...frames }, episodesTable('Outcome', [{ name: by, played }])],
    },
    data: { ...levelData(found), recording, episode: episodeData(played), ...decisionsData(decisions) },
    files: [recordingFile(recording), levelFile(found), ...picture.files],
  }
}

function showMany(given: Replaying, plays: readonly Play[], chosen: ChosenEpisodes | null) {
  const [{ found, by }] = plays
  const who = chosen === null ? by : `${chosen.condition}, ${chosen.mode}, on ${chosen.suite}`
  const levels = new Set(plays.map((play) => hashOf(play.found)))
  const where = levels.size === 1 ? `on the level ${hashOf(found)}` : `on ${levels.size} levels`
  const overlay = drawOverlay(plays, { ...given, caption: `by ${who}` })
  return {
    report: {
      title: `${plays.length} episodes in ${found.environment.name}`,
      summary: `By ${who}, ${where}, in one picture.`,
      parts: overlay.parts,
    },
    data: {
      environment: found.environment.name,
      episodes: plays.map((play) => ({
        by: play.by,
        level: hashOf(play.found),
        recording: recordingOf(play),
        episode: episodeData(play.played),
        ...decisionsData(play.decisions),
      })),
    },
    files: overlay.files,
  }
}

function recordingOf({ found, policy, mode, seed: used, played }: Omit<Play, 'by'>): EpisodeRecording {
  const { environment, parameters, level } = found
  return {
    format: 'goalpost-episode/1',
    environment: environment.name,
    version: environment.version,
    parameters: parametersJson(parameters),
    level: levelJson(environment, level),
    seed: used,
    policy,
    mode,
    actions: [...played.actions],
  }
}

/** Nothing where no decisions were recorded. */
function decisionsData(decisions: Decisions | undefined): JsonObject {
  if (decisions === undefined) return {}
  const { probabilities, values } = decisions
  return {
    decisions: {
      probabilities: probabilities.map((each) => [...each]),
      ...(values === undefined ? {} : { values: [...values] }),
    },
  }
}

function recordingFile(recording: EpisodeRecording): ToolFile {
  const text = new TextDecoder().decode(encodeRecording(recording))
  return { name: `${recording.environment}-episode.json`, mediaType: recordingMediaType, text }
}
