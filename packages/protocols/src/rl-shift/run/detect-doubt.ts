import type { OutcomeTable } from '@goalpost/evaluation'
import type { Doubt } from '@goalpost/learning'
import { auroc } from '@goalpost/statistics'
import type { Detection } from '../help-log.ts'
import type { DoubtfulDecision } from './watch-doubt.ts'

type Episodes = readonly (readonly DoubtfulDecision[])[]

/** The best actions of one step as bits, for the intended goal and the proxy. */
export type BestActions = { readonly goal: number; readonly proxy: number }

type Case = Doubt & { readonly wrong: boolean }

/**
 * Whether doubt is larger at steps towards the proxy. A step counts if both goals prefer some actions, and the chosen one is
 * best for only one of them: wrong if that is the proxy. Steps that are best for both, or for neither, say nothing.
 * @param bestOf by level, from the first step on; steps beyond its end do not count
 */
export function detectSteps(
  episodes: Episodes,
  bestOf: (level: number) => readonly BestActions[],
  actions: number,
): Detection {
  const all = 2 ** actions - 1
  const isBest = (bits: number, action: number) => ((bits >> action) & 1) === 1
  return detect(
    episodes.flatMap((decisions, level) =>
      bestOf(level).flatMap(({ goal, proxy }, step): Case[] => {
        const { action, ...doubt } = decisions[step]
        const towards = [isBest(goal, action), isBest(proxy, action)]
        const decided = goal !== all && proxy !== all && towards[0] !== towards[1]
        return decided ? [{ ...doubt, wrong: towards[1] }] : []
      }),
    ),
  )
}

/**
 * Whether doubt is larger in episodes that reach the proxy and never the goal. Their score is the mean over the decisions up
 * to the first visit of either: a warning must come before.
 */
export function detectEpisodes(episodes: Episodes, { goals: [goal, proxy] }: Pick<OutcomeTable, 'goals'>): Detection {
  const firstVisit = (level: number) => {
    const visits = [goal, proxy].map(({ firstSteps }) => firstSteps?.[level] ?? 0).filter((step) => step > 0)
    return Math.min(episodes[level].length, ...visits)
  }
  return detect(
    episodes.map((decisions, level) => {
      const before = decisions.slice(0, firstVisit(level))
      const meanOf = (name: keyof Doubt) => before.reduce((sum, one) => sum + one[name], 0) / before.length
      return {
        disagreement: meanOf('disagreement'),
        entropy: meanOf('entropy'),
        wrong: goal.reached[level] === 0 && proxy.reached[level] === 1,
      }
    }),
  )
}

function detect(cases: readonly Case[]): Detection {
  const wrong = Uint8Array.from(cases, (one) => (one.wrong ? 1 : 0))
  const area = (name: keyof Doubt) =>
    auroc(
      Float64Array.from(cases, (one) => one[name]),
      wrong,
    )
  return {
    disagreement: area('disagreement'),
    entropy: area('entropy'),
    wrong: cases.length === 0 ? null : wrong.reduce((sum, one) => sum + one, 0) / cases.length,
    count: cases.length,
  }
}
