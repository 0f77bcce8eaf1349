import type { LevelBuilder } from '@goalpost/learning'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import type { TrainInputs } from '../train-task.ts'

/** Builds levels of this training by plan; null where the world has no such levels. */
export function levelBuilder({ environment: name, parameters }: TrainInputs): LevelBuilder<unknown> | null {
  const building = environmentOf(name).design?.building
  if (building === undefined) return null
  const [rows, columns] = building.extent(parameters)
  return { rows, columns, build: (plan) => building.build(parameters, plan) }
}
