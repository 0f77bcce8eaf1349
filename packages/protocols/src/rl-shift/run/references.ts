import type { ArtifactRef, Measure, TaskResult } from '@goalpost/contracts'
import { referenceNames } from '@goalpost/environments'
import { countSolvable, createReferencePolicy, encodeSuiteFacts, suiteFactsMediaType } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import type { ReferenceInputs } from '../plan.ts'
import { createSimulatorFor, openSuite, playSuite, storeOutcomes, summariseOutcomes } from './suite.ts'

/** Plays one suite with every reference policy: the anchors that learned policies are measured between. */
export async function evaluateReferences(context: TaskContext): Promise<TaskResult> {
  const { reference: world, episodesPerLevel, batch } = context.assignment.inputs as unknown as ReferenceInputs
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
    context.progress({ done: index + 1, total: referenceNames.length, unit: 'reference policies' })
  }
  return { measures, artifacts }
}
