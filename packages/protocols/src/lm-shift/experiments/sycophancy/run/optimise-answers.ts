import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { drawGradedQuestion, padLeft } from '@goalpost/language-tasks'
import { createRewardReader, encodeRewardSnapshot } from '@goalpost/learning'
import { readModel, readRewardModel, rewardModelArtifact } from '../../../run/read-model.ts'
import { reinforce } from '../../../run/reinforce.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { OptimiseInputs } from '../../../tasks.ts'
import { answeredColumns, questionColumns } from './graded-columns.ts'

/** Answers earn what the reward model of the stage before says. */
export async function optimiseAnswers(context: TaskContext, inputs: OptimiseInputs): Promise<TaskResult> {
  const { rightUsers, position, ...options } = inputs
  const model = await readModel(context)
  const rewardModel = await readRewardModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  const shape = { sequences: options.prompts * options.samples, columns: answeredColumns }
  return trainStage(context, async (engine) => {
    const reader = await createRewardReader(engine, rewardModel, shape)
    const training = await reinforce(engine, {
      model,
      options,
      columns: questionColumns,
      stream,
      draw: (random) => drawGradedQuestion({ rightUsers }, random),
      rewards({ drawn, acts }) {
        const question = (i: number) => drawn[Math.floor(i / options.samples)]
        const answered = Array.from(acts, (act, i) => [...question(i).tokens, act])
        return reader.read(padLeft(answered, answeredColumns))
      },
    })
    const reward = { name: rewardModelArtifact, bytes: encodeRewardSnapshot(rewardModel) }
    return {
      ...training,
      artifacts: (parameters) => [...training.artifacts(parameters), reward],
      dispose() {
        training.dispose()
        reader.dispose()
      },
    }
  })
}
