import type { ArtifactRef } from '@goalpost/contracts'
import { createRepeatFinder } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { artifactNames } from '../../../../worlds/artifact-names.ts'
import { openSuite } from '../../../../worlds/run/suite.ts'
import { decodeLevelsDrawn, levelsLearnedFrom } from '../training-levels.ts'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import type { SuiteWorld } from '../../../../worlds/suites/world-inputs.ts'
import type { TrainedLevels } from '../trained-levels.ts'

/** Levels redrawn between two yields: about ten milliseconds. */
const levelsPerYield = 2_048

/**
 * Finds exactly which levels of every suite the policy was trained on, by redrawing the training's levels: they depend
 * only on seed, mixture and number. Of `modular` these are the levels of its goal module. Other changes of the suite,
 * such as the step limit, do not make a level different. Nothing if the training did not record how many levels it drew.
 */
export async function storeTrainedOn(
  context: TaskContext,
  suites: readonly SuiteWorld[],
  training: TrainedLevels,
): Promise<ArtifactRef[]> {
  const { assignment, artifacts } = context
  const [needed] = assignment.dependencies
  const drawn = needed?.result?.artifacts.find(({ name }) => name === artifactNames.levelsDrawn)
  if (drawn === undefined && training.goalModule === undefined) return []
  const slots = drawn === undefined ? [] : decodeLevelsDrawn(await artifacts.read(drawn.hash))
  const finder = createRepeatFinder(
    environmentOf(training.environment),
    suites.map((world) => openSuite(world, context.salt).suite.levels),
  )
  let count = 0
  for (const level of levelsLearnedFrom(training, { seed: assignment.seed, slots })) {
    finder.see(level)
    if (++count % levelsPerYield === 0) await context.yieldToEventLoop()
  }
  return Promise.all(
    suites.map((world, index) =>
      artifacts.write({
        name: artifactNames.trainedOn(world.name),
        bytes: finder.seen[index],
        mediaType: 'application/octet-stream',
        evidence: true,
      }),
    ),
  )
}
