import type { ArtifactRef } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createPolicy, membersOf, type Policy } from '@goalpost/learning'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { openEngine } from '../../worlds/run/open-engine.ts'
import { openSuite, type PlayableSuite } from '../../worlds/run/suite.ts'
import type { EvaluateInputs, HelpPlays, TrainedEvaluateInputs } from '../evaluate-task.ts'
import { encodeHelp } from '../help-log.ts'
import { measureHelp } from './measure-help.ts'
import { readPolicy } from './read-policy.ts'

/** Plays every suite with an ensemble that may ask for help; nothing for evaluations that do not say so. */
export async function storeHelp(
  context: TaskContext,
  inputs: EvaluateInputs,
  { policy, played }: Helped,
): Promise<ArtifactRef[]> {
  if (!('help' in inputs) || inputs.help === undefined) return []
  const engine = await openEngine(context)
  const members: Policy[] = []
  try {
    for (const member of membersOf(await readPolicy(context)) ?? [])
      members.push(await createPolicy(engine, member, inputs.batch))
    return await playSuites(context, inputs, { policy, members, help: inputs.help, played })
  } finally {
    for (const member of members) member.dispose()
    engine.dispose()
  }
}

type Helped = {
  readonly policy: Pick<Policy, 'sampled' | 'greedy'>
  /** Called after every play of a suite. */
  readonly played: () => void
}

type Played = Helped & {
  readonly members: readonly Policy[]
  readonly help: HelpPlays
}

async function playSuites(
  context: TaskContext,
  { suites, acting: [acting], batch }: TrainedEvaluateInputs,
  { policy, members, help, played }: Played,
): Promise<ArtifactRef[]> {
  const artifacts: ArtifactRef[] = []
  for (const world of suites) {
    const playable = solvableLevels(openSuite(world, context.salt), help.levels)
    if (playable.suite.levels.length === 0) continue
    const log = await measureHelp(playable, {
      policy: policy[acting],
      members: members.map(({ sampled }) => sampled),
      alone: members.map((member) => member[acting]),
      shares: help.shares,
      batch,
      seed: context.assignment.seed ?? 0,
      yieldToEventLoop: context.yieldToEventLoop,
      played,
    })
    const name = artifactNames.help(world.name)
    artifacts.push(
      await context.artifacts.write({ name, bytes: encodeHelp(log), mediaType: 'application/json', evidence: true }),
    )
  }
  return artifacts
}

/** The solvable ones of the first `count` levels: on the others nothing can be won, with help or without. */
function solvableLevels(playable: PlayableSuite, count: number): PlayableSuite {
  const { suite } = playable
  const levels = suite.levels.slice(0, count).filter((_, level) => suite.facts.solvable[level] === 1)
  return { ...playable, suite: { ...suite, levels } }
}
