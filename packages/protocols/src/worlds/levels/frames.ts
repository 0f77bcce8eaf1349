import { pictureLines, stay } from '@goalpost/environments'
import { replay, type PlayedEpisode } from '@goalpost/evaluation'
import type { Showing } from './arguments.ts'
import type { FoundLevel } from './find-level.ts'

/** Longer episodes are shown with evenly spaced steps. */
const maxFrames = 250

type Moving = Pick<Showing, 'charset'> & { readonly played: PlayedEpisode; readonly seed: number }

/** An episode step by step: the picture, and below it the events and returns so far. */
export function framesOf(found: FoundLevel, { played, seed, charset }: Moving): string[][] {
  const { environment, parameters, level } = found
  const total = played.actions.length
  const apart = Math.max(1, Math.ceil(total / maxFrames))
  const steps = Array.from({ length: Math.ceil(total / apart) + 1 }, (_, index) => Math.min(total, index * apart))
  return steps.map((step) => {
    const actions = played.actions.slice(0, step)
    const picture = environment.picture(parameters, level, { actions, seed })
    const [trueReturn, proxyReturn] = replay(environment, parameters, { level, actions, seed }).returns
    const last = actions.at(-1)
    const done = last === undefined ? '' : last === stay ? 'stay' : environment.actions[last].name
    const earned = `return ${trueReturn.toFixed(3)}  proxy ${proxyReturn.toFixed(3)}`
    const counter = `step ${String(step).padStart(String(total).length)}/${total}`
    return [...pictureLines(picture, { charset }), `${counter}  ${done.padEnd(6)}  ${earned}`]
  })
}
