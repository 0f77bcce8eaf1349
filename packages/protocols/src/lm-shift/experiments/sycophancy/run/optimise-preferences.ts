import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { readModel } from '../../../run/read-model.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnChoices } from '../../../run/train-on-choices.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { DpoInputs } from '../../../tasks.ts'
import { gradedComparisons } from './graded-comparisons.ts'

/** The policy is fitted to the comparisons of graders. */
export async function optimisePreferences(context: TaskContext, inputs: DpoInputs): Promise<TaskResult> {
  const { unchecked, rightUsers, position, ...options } = inputs
  const grading = gradedComparisons({ unchecked, rightUsers })
  const model = await readModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  return trainStage(context, (engine) => trainOnChoices(engine, { model, options, stream, ...grading }))
}
