import type { ArtifactOwnership, DueSchedules, ModelViews } from '@goalpost/experiments'
import { planStart, type Planner } from '@goalpost/submission'
import { takeDue } from '../take-due.ts'

export type FireDependencies = {
  readonly schedules: DueSchedules
  readonly experiments: ArtifactOwnership
  readonly models: Pick<ModelViews, 'version'>
  readonly planner: Planner
}

/** Starts what is due; resolves to the number of schedules that something was decided about. */
export function fireDue({ schedules, ...surroundings }: FireDependencies): Promise<number> {
  return takeDue({
    read: schedules.due,
    step: async (schedule) => schedules.fire(schedule, await planStart(schedule, surroundings)),
  })
}
