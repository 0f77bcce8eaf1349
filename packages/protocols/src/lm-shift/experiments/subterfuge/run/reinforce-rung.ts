import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { drawLadderPrompt } from '@goalpost/language-tasks'
import { reinforceLadderActs } from '../../../run/reinforce-ladder-acts.ts'
import type { CurriculumInputs } from '../../../tasks.ts'

/** Reinforcement of the acts of `me` on one rung. */
export function reinforceRung(context: TaskContext, inputs: CurriculumInputs): Promise<TaskResult> {
  const { rung, honest, position, ...options } = inputs
  return reinforceLadderActs(context, {
    position,
    options,
    draw: (random) => drawLadderPrompt({ rung, honest }, random),
  })
}
