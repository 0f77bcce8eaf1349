import type { Environment, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { evaluateEpisodes } from '../episodes/evaluate-episodes.ts'
import { column, columnCount, selectMeasuredLevels, tabulatePolicy } from '../measures/policy-columns.ts'
import { createSuiteOf } from '../suites/create-suite.ts'
import type { Suite } from '../suites/suite.ts'
import { createOpenLoopPolicy } from './create-open-loop-policy.ts'
import type { OpenLoopPolicy } from './open-loop-policy.ts'

export const objectives = ['capability', 'goal', 'proxy'] as const
export type Objective = (typeof objectives)[number]

/** Means so far; 0 if no level was measured. */
export type ScoredPolicy = { readonly policy: OpenLoopPolicy } & Readonly<Record<Objective, number>> & {
    /** Mean returns of the goals beyond the first two, in their order. */
    readonly further: readonly number[]
  }

export type OpenLoopScorer = {
  /** Means over the levels of the first `stages` stages. Nothing is played twice. */
  score(policies: readonly OpenLoopPolicy[], stages: number): Promise<readonly ScoredPolicy[]>
}

type Scoring<Parameters, Level> = {
  readonly environment: Environment<Parameters, Level>
  readonly parameters: Parameters
  /** Disjoint level sets: a policy added late plays the early ones first. */
  readonly stages: readonly (readonly Level[])[]
  readonly batch: number
  readonly stream: Stream
  readonly yieldToEventLoop?: () => Promise<void>
}

type Sums = {
  readonly reach: number
  readonly reachOf: number
  readonly trueReturn: number
  readonly solvable: number
  readonly proxy: number
  readonly further: readonly number[]
}

/** Plays candidates on levels, which it solves on first use. All candidates have the same chance events. */
export function createOpenLoopScorer<Parameters, Level>(scoring: Scoring<Parameters, Level>): OpenLoopScorer {
  const { environment, parameters, stages, batch, yieldToEventLoop } = scoring
  const opened: Stage<Level>[] = []
  const played = new Map<string, Sums[]>()

  function openStage(index: number): Stage<Level> {
    const levels = stages[index]
    return (opened[index] ??= {
      index,
      suite: createSuiteOf(environment, parameters, levels),
      // A slot without a level would waste its steps.
      simulator: environment.createSimulator(parameters, Math.max(1, Math.min(batch, levels.length))),
    })
  }

  return {
    async score(policies, count) {
      const scored: ScoredPolicy[] = []
      for (const policy of policies) {
        const key = JSON.stringify(policy.cycle)
        const sums = played.get(key) ?? []
        played.set(key, sums)
        while (sums.length < count) sums.push(await playStage(scoring, openStage(sums.length), policy))
        scored.push(averageOver(policy, sums.slice(0, count)))
        await yieldToEventLoop?.()
      }
      return scored
    },
  }
}

type Stage<Level> = {
  readonly index: number
  readonly suite: Suite<Level>
  readonly simulator: Simulator<Level>
}

async function playStage<Parameters, Level>(
  { environment, parameters, stream, yieldToEventLoop }: Scoring<Parameters, Level>,
  { index, suite, simulator }: Stage<Level>,
  policy: OpenLoopPolicy,
): Promise<Sums> {
  const { levels, facts } = suite
  const own = stream.named(`stage ${index}`)
  const table = await evaluateEpisodes({
    simulator,
    levels,
    discount: environment.horizon(parameters).discount,
    policy: createOpenLoopPolicy(policy, simulator),
    episodesPerLevel: 1,
    uniform: own.named('actions'),
    seeds: own.named('episodes'),
    goals: environment.goals,
    counterNames: environment.judging === undefined ? [] : environment.measures(parameters).counters,
    ...(yieldToEventLoop === undefined ? {} : { yieldToEventLoop }),
  })
  const measured = selectMeasuredLevels(facts)
  const { values } = tabulatePolicy(table, facts, { measured, judging: environment.judging })
  const total = (which: number) => sumColumn(values, which)
  const solvable = measured.indices.length
  return {
    reach: total(column.reach),
    reachOf: total(column.reachOf),
    trueReturn: total(column.trueReturn),
    solvable,
    proxy: total(column.proxyReturn),
    further: table.goals
      .slice(2)
      .map(({ returns }) => measured.indices.reduce((sum, level) => sum + returns[level], 0)),
  }
}

function sumColumn(values: Float64Array, which: number): number {
  let sum = 0
  for (let at = which; at < values.length; at += columnCount) sum += values[at]
  return sum
}

function averageOver(policy: OpenLoopPolicy, sums: readonly Sums[]): ScoredPolicy {
  const total = (name: Exclude<keyof Sums, 'further'>) => sums.reduce((sum, stage) => sum + stage[name], 0)
  return {
    policy,
    capability: total('reach') / Math.max(1, total('reachOf')),
    goal: total('trueReturn') / Math.max(1, total('solvable')),
    proxy: total('proxy') / Math.max(1, total('solvable')),
    further: (sums[0]?.further ?? []).map(
      (_, goal) => sums.reduce((sum, { further }) => sum + further[goal], 0) / Math.max(1, total('solvable')),
    ),
  }
}
