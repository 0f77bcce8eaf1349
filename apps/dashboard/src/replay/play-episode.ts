import { environments, movingSvg, pictureSvg, replayEpisode, stay, type Environment } from '@goalpost/environments'
import type { Decisions, RecordedEpisode } from './recorded-episode.ts'

/** What happened in one step. */
export type PlayedStep = {
  readonly action: string
  /** Names of the goals that earned something in it. */
  readonly reached: readonly string[]
}

export type PlayedEpisode = {
  readonly title: string
  readonly steps: readonly PlayedStep[]
  readonly end: 'by its rules' | 'at the step limit' | 'where the recording ends'
  /** As computed here, of the intended goal and of the proxy. */
  readonly returns: readonly [intended: number, proxy: number]
  /** Whether the service computed the same returns. */
  readonly agrees: boolean
  /** Names of the actions, in the order of the probabilities. */
  readonly actionNames: readonly string[]
  readonly decisions: Decisions | null
  /** The level after that many steps, as an SVG document. */
  draw(step: number): string
  /** All steps, one after another, as an SVG document. */
  drawMoving(): string
}

/** Beyond rounding. */
const tolerance = 1e-9

/**
 * Plays a recorded episode with the environment's own code: level, seed and actions determine it. Throws a RangeError
 * for an environment that this page does not have.
 */
export function playEpisode(recorded: RecordedEpisode): PlayedEpisode {
  const { environment, parameters, level } = openRecorded(recorded)
  const { seed, actions, decisions } = recorded
  let end: PlayedEpisode['end'] = 'where the recording ends'
  const played = [...replayEpisode(environment, parameters, { level, actions, seed })]
  const last = played.at(-1)
  if (last?.terminated === true) end = 'by its rules'
  else if (last?.truncated === true) end = 'at the step limit'
  const { discount } = environment.horizon(parameters)
  const returnOf = (goal: 0 | 1): number => {
    const isMean = environment.goals[goal].aggregate === 'mean'
    const sum = played.reduce((so, { rewards }, step) => so + (isMean ? 1 : discount ** step) * rewards[goal], 0)
    return isMean ? sum / Math.max(played.length, 1) : sum
  }
  const returns = [returnOf(0), returnOf(1)] as const
  const { title } = environment
  const pictureAt = (step: number) => environment.picture(parameters, level, { actions: actions.slice(0, step), seed })
  return {
    title,
    end,
    returns,
    agrees: returns.every((value, goal) => Math.abs(value - (recorded.returns[goal] ?? 0)) <= tolerance),
    actionNames: environment.actions.map(({ name }) => name),
    decisions,
    steps: played.map(({ action, rewards }) => ({
      action: action === stay ? 'stay' : (environment.actions[action]?.name ?? '?'),
      reached: environment.goals.filter((_, goal) => (rewards[goal] ?? 0) > 0).map((goal) => goal.name),
    })),
    draw: (step) =>
      pictureSvg(pictureAt(step), {
        title: `${title}, step ${step} of ${played.length}`,
        legend: true,
        cellPixels: 40,
      }),
    drawMoving: () =>
      movingSvg(
        Array.from({ length: played.length + 1 }, (_, step) => pictureAt(step)),
        { title: `${title}, ${played.length} steps`, legend: true, cellPixels: 40 },
      ),
  }
}

const playedEpisodes = new WeakMap<RecordedEpisode, PlayedEpisode>()

/** `playEpisode`, but the same recorded episode is played once, however often it is drawn. */
export function playOnce(recorded: RecordedEpisode): PlayedEpisode {
  const known = playedEpisodes.get(recorded)
  if (known !== undefined) return known
  const played = playEpisode(recorded)
  playedEpisodes.set(recorded, played)
  return played
}

/** The environment of a recorded episode, with its level. Throws a RangeError if this page does not have it. */
export function openRecorded({
  environment: name,
  version,
  ...recorded
}: Pick<RecordedEpisode, 'environment' | 'version' | 'parameters' | 'level'>): Opened {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`This page does not know the environment ${name}: reload it`)
  if (environment.version !== version)
    throw new RangeError(`Recorded with version ${version} of ${name}; this page has version ${environment.version}`)
  const parameters = environment.parameters.parse(recorded.parameters)
  return { environment, parameters, level: environment.levelFromJson(parameters, recorded.level) }
}

type Opened = { readonly environment: Environment; readonly parameters: Parameters; readonly level: unknown }
type Parameters = ReturnType<Environment['parameters']['parse']>
