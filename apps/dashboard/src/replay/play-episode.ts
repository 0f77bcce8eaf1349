import { environments, pictureSvg, replayEpisode, stay } from '@goalpost/environments'
import type { RecordedEpisode } from './recorded-episode.ts'

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
  /** The level after that many steps, as an SVG document. */
  draw(step: number): string
}

/**
 * Plays a recorded episode with the environment's own code: level, seed and actions determine it. Throws a RangeError
 * for an environment that this page does not have.
 */
export function playEpisode({ environment: name, version, ...recorded }: RecordedEpisode): PlayedEpisode {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`This page does not know the environment ${name}: reload it`)
  if (environment.version !== version)
    throw new RangeError(`Recorded with version ${version} of ${name}; this page has version ${environment.version}`)
  const { seed, actions } = recorded
  const parameters = environment.parameters.parse(recorded.parameters)
  const level = environment.levelFromJson(parameters, recorded.level)
  let end: PlayedEpisode['end'] = 'where the recording ends'
  const steps = [...replayEpisode(environment, parameters, { level, actions, seed })].map((step) => {
    if (step.terminated) end = 'by its rules'
    else if (step.truncated) end = 'at the step limit'
    const reached = environment.goals.filter((_, goal) => (step.rewards[goal] ?? 0) > 0)
    return {
      action: step.action === stay ? 'stay' : (environment.actions[step.action]?.name ?? '?'),
      reached: reached.map((goal) => goal.name),
    }
  })
  const title = environment.title
  const draw = (step: number): string => {
    const picture = environment.picture(parameters, level, { actions: actions.slice(0, step), seed })
    return pictureSvg(picture, { title: `${title}, step ${step} of ${steps.length}`, legend: true, cellPixels: 40 })
  }
  return { title, steps, end, draw }
}
