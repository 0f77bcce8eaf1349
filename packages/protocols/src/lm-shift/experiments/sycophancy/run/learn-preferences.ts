import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { readModel } from '../../../run/read-model.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnPreferences } from '../../../run/train-on-preferences.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { PreferencesInputs } from '../../../tasks.ts'
import { gradedComparisons } from './graded-comparisons.ts'

/** Graders compare answers of the model so far. */
export async function learnPreferences(context: TaskContext, inputs: PreferencesInputs): Promise<TaskResult> {
  const { unchecked, rightUsers, position, ...options } = inputs
  const grading = gradedComparisons({ unchecked, rightUsers })
  const model = await readModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  return trainStage(context, (engine) => trainOnPreferences(engine, { model, options, stream, ...grading }))
}
