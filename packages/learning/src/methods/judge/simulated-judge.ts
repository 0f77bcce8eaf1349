import type { Stream } from '@goalpost/random'

export type SimulatedJudgeOptions = {
  /** Share of verdicts that are turned around by chance. */
  readonly error: number
  /** Share of episodes in which it takes the proxy for the goal. */
  readonly bias: number
}

type Reading = {
  /** What a text says if, and only if, the goal was reached. */
  readonly claims: readonly [intended: string, proxy: string]
  /** Item (iteration, 2k) decides which goal text k is judged by, and the next one if its verdict is turned around. */
  readonly stream: Stream
}

/** A judge of stated faults, who knows of an episode only what the text says. */
export function createSimulatedJudge(
  { error, bias }: SimulatedJudgeOptions,
  { claims: [intended, proxy], stream }: Reading,
): (texts: readonly string[], iteration: number) => Promise<readonly number[]> {
  return async (texts, iteration) =>
    texts.map((text, k) => {
      const claim = stream.uniform(iteration, 2 * k) < bias ? proxy : intended
      const turned = stream.uniform(iteration, 2 * k + 1) < error
      return text.includes(claim) === turned ? 0 : 1
    })
}
