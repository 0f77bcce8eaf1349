import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { drawChatPrompt } from '@goalpost/language-tasks'
import { reinforceLadderActs } from '../../../run/reinforce-ladder-acts.ts'
import type { PreferInputs } from '../../../tasks.ts'

/** Post-training by graders' rewards, 1 for the honest answer. */
export function reinforceChats(context: TaskContext, inputs: PreferInputs): Promise<TaskResult> {
  const { position, ...options } = inputs
  return reinforceLadderActs(context, { position, options, draw: drawChatPrompt })
}
