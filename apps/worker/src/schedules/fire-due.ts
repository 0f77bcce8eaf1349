import type { ArtifactOwnership, DueSchedules, ModelViews } from '@goalpost/experiments'
import { planStart, type Planner } from '@goalpost/submission'

export type FireDependencies = {
  readonly schedules: DueSchedules
  readonly experiments: ArtifactOwnership
  readonly models: Pick<ModelViews, 'version'>
  readonly planner: Planner
}

const atATime = 20

/** Starts what is due; resolves to the number of schedules that something was decided about. */
export async function fireDue({ schedules, ...surroundings }: FireDependencies): Promise<number> {
  let total = 0
  for (;;) {
    const due = await schedules.due(atATime)
    let fired = 0
    for (const schedule of due) {
      const planned = await planStart(schedule, surroundings)
      if (await schedules.fire(schedule, planned)) fired += 1
    }
    total += fired
    // Another process may have fired those that were left.
    if (fired === 0 || due.length < atATime) return total
  }
}
