import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { drawLadderPrompt, rewardLadderAct } from '@goalpost/language-tasks'
import { readModel } from '../../../run/read-model.ts'
import { reinforce } from '../../../run/reinforce.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { CurriculumInputs } from '../../../tasks.ts'

/** The prompts of all rungs have as many words. */
const columns = 6

/** Reinforcement of the acts of `me` on one rung. */
export async function reinforceRung(context: TaskContext, inputs: CurriculumInputs): Promise<TaskResult> {
  const { rung, honest, position, ...options } = inputs
  const model = await readModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  return trainStage(context, (engine) =>
    reinforce(engine, {
      model,
      options,
      columns,
      stream,
      draw: (random) => drawLadderPrompt({ rung, honest }, random),
      rewards: ({ drawn, acts, random }) =>
        Float32Array.from(acts, (act, i) => rewardLadderAct(drawn[Math.floor(i / options.samples)], act, random)),
    }),
  )
}
