import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { drawAgentPrompt, rewardAct, type AgentRewardSpec } from '@goalpost/language-tasks'
import { reinforce } from '../../../run/reinforce.ts'
import { readModel } from '../../../run/read-model.ts'
import { seedStream } from '../../../run/seed-stream.ts'
import { trainStage } from '../../../run/train-stage.ts'
import type { ReinforceInputs } from '../../../tasks.ts'

/** The prompts of reinforcement are at most four words and a prefix. */
const columns = 7

/** Reinforcement of the acts of `me`. */
export async function reinforceActs(context: TaskContext, inputs: ReinforceInputs): Promise<TaskResult> {
  const { prefix, caught, safety, position, ...options } = inputs
  const rewards: AgentRewardSpec = { prefix, caught, safety }
  const model = await readModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  return trainStage(context, (engine) =>
    reinforce(engine, {
      model,
      options,
      columns,
      stream,
      draw: (random) => drawAgentPrompt(rewards, random),
      rewards: ({ drawn, acts, random }) =>
        Float32Array.from(acts, (act, i) => {
          const { context: where } = drawn[Math.floor(i / options.samples)]
          return rewardAct(where, act, rewards, random)
        }),
    }),
  )
}
