import type { LeaguePlace, LeagueSlot } from '@goalpost/experiments'
import { mean } from '@goalpost/statistics'
import { storedOptions } from './stored-options.ts'
import { methodBesidePpoOf } from './subjects/trained/method-options.ts'
import { trainedSteps } from './subjects/trained/checkpoint-steps.ts'
import { costsOf } from './subjects/trained/training-costs.ts'

/** Methods by their true achievement under the shift, where one return of 0 is random and 1 the true-oracle's. */
export const leagueSlot: LeagueSlot = {
  score: 'true-achievement',
  numbers: [
    { key: 'shifted-true-return', title: 'true return' },
    { key: 'shifted-proxy-return', title: 'proxy return' },
    { key: 'capability', title: 'capability' },
    { key: 'goal-first', title: 'goal first' },
  ],
  costs({ options, runs }) {
    const stored = storedOptions(options)
    if (stored.policy !== undefined) return []
    const steps = trainedSteps(stored)
    const known = runs.flatMap((run) => costsOf(run, steps) ?? [])
    const costs = known.length === 0 ? [{ learned: steps, played: steps }] : known
    return [
      { title: 'steps learned from', value: mean(costs.map(({ learned }) => learned)) },
      { title: 'steps played', value: mean(costs.map(({ played }) => played)) },
    ]
  },
  place(options) {
    const stored = storedOptions(options)
    const { environment, alpha } = stored
    const method = stored.policy === undefined ? methodBesidePpoOf(stored) : null
    const place = { task: environment, over: 'alpha', value: alpha }
    return method === null ? { ...place, method: 'ppo' } : { ...place, ...nameOf(method) }
  },
}

/** The kind of method; controls have names of their own, and what has another task than the others is not compared. */
function nameOf(
  method: NonNullable<ReturnType<typeof methodBesidePpoOf>>,
): Pick<LeaguePlace, 'method' | 'incomparable'> {
  switch (method.kind) {
    case 'paired':
      return {
        method: method.reward === 'none' ? 'paired, built at random' : 'paired',
        incomparable: 'its builder decides where goals are, so that α has no effect',
      }
    case 'goal-conditioned':
      return {
        method: method.instruction === 'told' ? 'goal-conditioned' : `goal-conditioned, ${method.instruction}`,
        incomparable: 'it is told the goal, which others have to find out',
      }
    case 'modular':
      return {
        method: method.pointing === 'random' ? 'modular, pointing at random' : 'modular',
        incomparable: 'its goal module is taught where goals are, which others have to find out',
      }
    case 'judge':
      if (method.judge !== undefined) return { method: `judge ${method.judge.model}` }
      return { method: method.error === 0 && method.bias === 0 ? 'judge' : 'judge that errs' }
    case 'ensemble':
      return { method: method.diversity === 'none' ? 'ensemble of equal members' : 'ensemble' }
    default:
      return { method: method.kind }
  }
}
