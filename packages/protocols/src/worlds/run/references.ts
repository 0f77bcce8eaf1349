import type { ArtifactRef, Measure, TaskResult } from '@goalpost/contracts'
import { type Goals, referenceNames, type ReferenceName, type Simulator } from '@goalpost/environments'
import {
  anchorNamesOf,
  type BatchPolicy,
  countSolvable,
  createReferencePolicy,
  encodeSuiteFacts,
  suiteFactsMediaType,
} from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { playOpenLoop } from './play-open-loop.ts'
import {
  createSimulatorFor,
  openSuite,
  playSuite,
  storeOutcomes,
  summariseOutcomes,
  type PlayableSuite,
} from './suite.ts'
import type { ReferenceInputs } from '../references/reference-task.ts'

/** Plays one suite with every reference policy and the best open-loop ones: the anchors for learned policies. */
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
  const total = anchorNamesOf(environment.goals).length
  const names: readonly ReferenceName[] = [...referenceNames, ...furtherOracles(environment.goals)]
  for (const [index, name] of names.entries()) {
    const simulator = createSimulatorFor(playable, batch)
    const policy = openReference(playable, name, simulator)
    if (policy === null) continue
    const table = await playSuite(playable, {
      simulator,
      policy,
      episodesPerLevel,
      uniform: playable.stream.named('references').named(name),
      yieldToEventLoop: context.yieldToEventLoop,
    })
    measures.push(...summariseOutcomes(playable, table, { suite: world.name, policy: name }))
    artifacts.push(await storeOutcomes(context, artifactNames.reference(name), table))
    context.progress({ done: index + 1, total, unit: 'reference policies' })
  }
  const blind = await playOpenLoop(context, playable, inputs)
  context.progress({ done: total, total, unit: 'reference policies' })
  return { measures: [...measures, ...blind.measures], artifacts: [...artifacts, ...blind.artifacts] }
}

/** For the goals after the first two. */
function furtherOracles(goals: Goals): readonly ReferenceName[] {
  return goals.slice(2).map(({ name }): ReferenceName => `${name}-oracle`)
}

/** Null if the environment has no oracle for a further goal: its achievement is then not measured. */
function openReference(
  { environment, world }: PlayableSuite,
  name: ReferenceName,
  simulator: Simulator<unknown>,
): BatchPolicy | null {
  try {
    return createReferencePolicy(environment, world.parameters, { name, simulator })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
