import type { ArtifactRef, Measure, TaskResult } from '@goalpost/contracts'
import { createOpenLoopPolicy, searchOpenLoop } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { encodeOpenLoopWinners, openLoopMediaType } from '../references/open-loop-winners.ts'
import { createSimulatorFor, playSuite, storeOutcomes, summariseOutcomes, type PlayableSuite } from './suite.ts'
import type { ReferenceInputs } from '../references/reference-task.ts'

/** Searches for the best blind policies, on separate levels, and plays them on the suite. */
export async function playOpenLoop(
  context: TaskContext,
  playable: PlayableSuite,
  { episodesPerLevel, batch }: ReferenceInputs,
): Promise<TaskResult> {
  const { environment, suite, world, stream } = playable
  const searched = { source: world.levelsFrom, seed: stream, levels: suite.levels }
  const winners = await searchOpenLoop(environment, world.parameters, {
    suite: searched,
    yieldToEventLoop: context.yieldToEventLoop,
  })
  const measures: Measure[] = []
  const artifacts: ArtifactRef[] = [
    await context.artifacts.write({
      name: artifactNames.openLoop,
      bytes: encodeOpenLoopWinners(winners),
      mediaType: openLoopMediaType,
      evidence: true,
    }),
  ]
  for (const [name, winner] of [
    ['open-loop', winners.capability],
    ['open-loop-goal', winners.goal],
    ['open-loop-proxy', winners.proxy],
    ...Object.entries(winners.further).map(([goal, winner]) => [`open-loop-${goal}`, winner] as const),
  ] as const) {
    const simulator = createSimulatorFor(playable, batch)
    const table = await playSuite(playable, {
      simulator,
      policy: createOpenLoopPolicy(winner, simulator),
      episodesPerLevel,
      uniform: stream.named('references').named(name),
      yieldToEventLoop: context.yieldToEventLoop,
    })
    measures.push(...summariseOutcomes(playable, table, { suite: world.name, policy: name }))
    artifacts.push(await storeOutcomes(context, artifactNames.reference(name), table))
  }
  return { measures, artifacts }
}
