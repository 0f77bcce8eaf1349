import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { rewardLadderAct, type LadderPrompt } from '@goalpost/language-tasks'
import type { Rng } from '@goalpost/random'
import { readModel } from './read-model.ts'
import { reinforce, type ReinforceSetup } from './reinforce.ts'
import { seedStream } from './seed-stream.ts'
import { trainStage } from './train-stage.ts'

/** The prompts of all rungs have as many words. */
const columns = 6

type LadderReinforcement = {
  /** Of the stage among all, from 0. */
  readonly position: number
  readonly options: ReinforceSetup<LadderPrompt>['options']
  readonly draw: (random: Rng) => LadderPrompt
}

/** Reinforcement of the acts of `me` on rungs of the ladder. */
export async function reinforceLadderActs(
  context: TaskContext,
  { position, options, draw }: LadderReinforcement,
): Promise<TaskResult> {
  const model = await readModel(context)
  const stream = seedStream(context).named(`stage-${position}`)
  return trainStage(context, (engine) =>
    reinforce(engine, {
      model,
      options,
      columns,
      stream,
      draw,
      rewards: ({ drawn, acts, random }) =>
        Float32Array.from(acts, (act, i) => rewardLadderAct(drawn[Math.floor(i / options.samples)], act, random)),
    }),
  )
}
