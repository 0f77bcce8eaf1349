import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { drawGradedQuestion, preferAnswer } from '@goalpost/language-tasks'
import { readModel } from '../../../run/read-model.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainOnPreferences } from '../../../run/train-on-preferences.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { PreferencesInputs } from '../../../tasks.ts'
import { questionColumns } from './graded-columns.ts'

/** Graders compare answers of the model so far. */
export async function learnPreferences(context: TaskContext, inputs: PreferencesInputs): Promise<TaskResult> {
  const { unchecked, rightUsers, position, ...options } = inputs
  const model = await readModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  return trainStage(context, (engine) =>
    trainOnPreferences(engine, {
      model,
      options,
      columns: questionColumns,
      stream,
      draw: (random) => drawGradedQuestion({ rightUsers }, random),
      prefer: (question, answers) => preferAnswer(question, answers, { unchecked }),
    }),
  )
}
