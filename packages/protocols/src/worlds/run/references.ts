import type { ArtifactRef, Measure, TaskResult } from '@goalpost/contracts'
import { referenceNames } from '@goalpost/environments'
import {
  anchorNames,
  countSolvable,
  createReferencePolicy,
  encodeSuiteFacts,
  suiteFactsMediaType,
} from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { playOpenLoop } from './play-open-loop.ts'
import { createSimulatorFor, openSuite, playSuite, storeOutcomes, summariseOutcomes } from './suite.ts'
import type { ReferenceInputs } from '../references/reference-task.ts'

/** Plays one suite with every reference policy and the best open-loop ones: the anchors that learned policies are measured between. */
export async function evaluateReferences(context: TaskContext, inputs: ReferenceInputs): Promise<TaskResult> {
  const { reference: world, episodesPerLevel, batch } = inputs
  const playable = openSuite(world, context.salt)
  const { environment, suite } = playable
  const measures: Measure[] = [
    { name: 'levels', labels: { suite: world.name }, value: suite.facts.levels },
    { name: 'solvable levels', labels: { suite: world.name }, value: countSolvable(suite.facts) },
  ]
  const artifacts: ArtifactRef[] = [
    await context.artifacts.write({
      name: artifactNames.facts,
      bytes: encodeSuiteFacts(suite.facts),
      mediaType: suiteFactsMediaType,
      evidence: true,
    }),
  ]
  for (const [index, name] of referenceNames.entries()) {
    const simulator = createSimulatorFor(playable, batch)
    const table = await playSuite(playable, {
      simulator,
      policy: createReferencePolicy(environment, world.parameters, { name, simulator }),
      episodesPerLevel,
      uniform: playable.stream.named('references').named(name),
      breathe: context.breathe,
    })
    measures.push(...summariseOutcomes(playable, table, { suite: world.name, policy: name }))
    artifacts.push(await storeOutcomes(context, artifactNames.reference(name), table))
    context.progress({ done: index + 1, total: anchorNames.length, unit: 'reference policies' })
  }
  const blind = await playOpenLoop(context, playable, inputs)
  context.progress({ done: anchorNames.length, total: anchorNames.length, unit: 'reference policies' })
  return { measures: [...measures, ...blind.measures], artifacts: [...artifacts, ...blind.artifacts] }
}
