import type { ArtifactRef, Quantity } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import type { Training } from '@goalpost/learning'
import { artifactNames } from '../../../../worlds/artifact-names.ts'
import { encodeCurriculumLog, isLogged, type CurriculumPoint } from '../curriculum-log.ts'
import type { TrainingCurve } from './training-curve.ts'

/** Levels drawn in the report. */
const shownLevels = 12

type Kept = {
  readonly training: Training
  readonly curve: TrainingCurve
  readonly iterations: number
}

/** The data of the report's curves and pictures; nothing for methods without a curriculum. */
export async function keepCurriculum(
  { training, curve, iterations }: Kept,
  { artifacts }: Pick<TaskContext, 'artifacts'>,
): Promise<ArtifactRef[]> {
  const favourites = training.favouriteLevels(shownLevels)
  if (favourites === null) return []
  const bytes = encodeCurriculumLog({
    points: curve.all().flatMap((points, i) => (isLogged(i + 1, iterations) ? [pointOf(points)] : [])),
    levels: favourites.map(({ level, ...rest }) => ({ level: JSON.parse(level), ...rest })),
  })
  const name = artifactNames.curriculum
  return [await artifacts.write({ name, bytes, mediaType: 'application/json', evidence: true })]
}

function pointOf(points: ReturnType<TrainingCurve['latest']>): CurriculumPoint {
  const series: Record<string, Quantity> = {}
  for (const { series: name, value } of points) series[name] = value
  return { steps: points[0]?.x ?? 0, series }
}
