import { environments, pictureSvg, replayEpisode, stay, type Environment } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

/** A level to play, drawn by number: the same number draws the same level. */
export type Game = {
  readonly environment: Environment
  readonly parameters: unknown
  readonly level: unknown
  readonly seed: number
}

export type Position = {
  /** The level after the actions, as an SVG document. */
  readonly drawing: string
  /** What each goal has earned: discounted, as in reports. */
  readonly returns: readonly { readonly goal: string; readonly value: number }[]
  readonly steps: number
  readonly hasEnded: boolean
}

export function findEnvironment(name: string): Environment | undefined {
  return environments.get(name)
}

export function drawGame(environment: Environment, distribution: string, seed: number): Game {
  const parameters = environment.parameters.parse({})
  const from = environment.distributions.find(({ name }) => name === distribution) ?? environment.distributions[0]
  if (from === undefined) throw new RangeError(`${environment.name} has no levels to draw`)
  const level = from.sample(parameters, createStream(seed).named('catalogue').at(0))
  return { environment, parameters, level, seed }
}

export function playGame({ environment, parameters, level, seed }: Game, actions: readonly number[]): Position {
  const played = [...replayEpisode(environment, parameters, { level, actions, seed })]
  const { discount } = environment.horizon(parameters)
  const taken = actions.slice(0, played.length)
  const picture = environment.picture(parameters, level, { actions: taken, seed })
  const last = played.at(-1)
  return {
    drawing: pictureSvg(picture, {
      title: `${environment.title}, step ${played.length}`,
      legend: true,
      cellPixels: 40,
    }),
    returns: environment.goals.map(({ name }, goal) => ({
      goal: name,
      value: played.reduce((sum, { rewards }, step) => sum + discount ** step * (rewards[goal] ?? 0), 0),
    })),
    steps: played.length,
    hasEnded: last !== undefined && (last.terminated || last.truncated),
  }
}

/** Names of actions that an arrow key stands for, the best first. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  ArrowUp: ['up', 'jump', 'forward'],
  ArrowDown: ['down', 'wait', 'backward'],
  ArrowLeft: ['left', 'turn-left'],
  ArrowRight: ['right', 'turn-right'],
}

/** The action behind a key, as in the terminal: arrows by name, digits by order from 1, 0 to stay; null for other keys. */
export function actionOf({ actions }: Pick<Environment, 'actions'>, key: string): number | null {
  if (key === '0') return stay
  const index = /^\d$/.test(key)
    ? Number(key) - 1
    : (arrows[key] ?? []).map((name) => actions.findIndex((action) => action.name === name)).find((at) => at >= 0)
  return index !== undefined && index < actions.length ? index : null
}
