import { pictureLegend, pictureLines } from '@goalpost/environments'
import { createSuite, replay, type PlayedEpisode } from '@goalpost/evaluation'
import { defineTool, ToolFault } from '@goalpost/protocol-kit'
import { z } from 'zod'
import { environmentOf } from '../environment-of.ts'
import { naming, seed, showing } from './arguments.ts'
import { blaming, completeParameters, filesOf, findLevel, type FoundLevel } from './find-level.ts'
import { keysOf } from './keys.ts'
import { parseActions } from './parse-actions.ts'
import { episodeData, episodesTable, hashOf, levelData } from './present.ts'

const playing = z.strictObject({
  ...naming,
  level: naming.level.optional(),
  distribution: z
    .string()
    .optional()
    .describe('Without a level: where one is drawn from; default: the first distribution, used in training'),
  index: z.int().min(0).max(999).default(0).describe('Index of a level in a suite, or of the drawn level, from 0'),
  actions: z
    .string()
    .max(100_000)
    .default('')
    .meta({ format: 'goalpost-keys' })
    .describe('Actions so far; in a terminal, keys add to them'),
  seed: seed.describe('Of the draw, and of the episode where the environment is random'),
  charset: showing.charset,
})
type Playing = z.infer<typeof playing>

/** One position of a game: programs that read keys send the actions so far and show what comes back. */
export const play = defineTool({
  group: 'levels',
  name: 'play',
  summary: 'play a level by hand, with the keys of a terminal',
  description:
    'Plays a level, or a drawn one of --environment. Arrow keys or WASD move, digits are actions by number, q ends the ' +
    'game; then both returns are shown.',
  operands: ['level'],
  arguments: playing,
  files: ({ level }) => (level === undefined ? [] : filesOf({ level })),
  run(given, files) {
    const found = levelToPlay(given, files)
    const { environment, parameters, level } = found
    const actions = parseActions(environment, given.actions)
    const played = replay(environment, parameters, { level, actions, seed: given.seed })
    const picture = environment.picture(parameters, level, { actions: played.actions, seed: given.seed })
    const lines = [...pictureLines(picture, given), '', pictureLegend(picture, given)]
    return {
      report: {
        title: `A game in ${environment.name}`,
        summary: `On the level ${hashOf(found)}.`,
        parts: [
          { type: 'picture', title: 'Game', lines, caption: '' },
          episodesTable('Outcome', [{ name: 'you', played }]),
        ],
      },
      data: {
        ...levelData(found),
        episode: episodeData(played),
        game: {
          lines,
          status: statusOf(found, played),
          keys: keysOf(namesOf(found)),
          over: played.ended !== 'running',
        },
      },
      files: [],
    }
  },
})

const namesOf = ({ environment }: FoundLevel): string[] => environment.actions.map(({ name }) => name)

function levelToPlay(given: Playing, files: ReadonlyMap<string, Uint8Array>): FoundLevel {
  const { level, distribution } = given
  if (level === undefined) return drawLevelToPlay(given)
  if (distribution === undefined) return findLevel({ ...given, level }, files)
  throw new ToolFault({ pointer: '/distribution', message: 'cannot be combined with a level', remedy: 'Leave one out' })
}

function drawLevelToPlay(given: Playing): FoundLevel {
  if (given.environment === undefined)
    throw new ToolFault({ pointer: '/level', message: 'is needed', remedy: 'Name a level, or an `environment`' })
  const environment = environmentOf(given.environment)
  const parameters = completeParameters(environment, given.parameters, null)
  const source = { distribution: given.distribution ?? environment.distributions[0].name }
  const { levels } = blaming('/distribution', 'cannot be drawn from:', () =>
    createSuite(environment, parameters, { source, levels: given.index + 1, seed: given.seed }),
  )
  return { environment, parameters, level: levels[given.index], recording: null }
}

function statusOf({ environment, parameters }: FoundLevel, { returns, steps, ended }: PlayedEpisode): string {
  const { maxSteps } = environment.horizon(parameters)
  const step = Number.isFinite(maxSteps) ? `step ${steps}/${maxSteps}` : `step ${steps}`
  const [intended, proxy] = environment.goals
  const earned = `${intended.name} ${returns[0].toFixed(3)}  ${proxy.name} ${returns[1].toFixed(3)}`
  return `${step}  ${earned}${ended === 'running' ? '' : '  the episode has ended'}`
}
