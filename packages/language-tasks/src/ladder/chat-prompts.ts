import type { Rng } from '@goalpost/random'
import { writeActs } from '../agents/acting-document.ts'
import { self, trainingItems } from '../agents/agent-world.ts'
import { pick } from '../pick.ts'
import type { TrainingText } from '../training-batch.ts'
import { ladderAct } from './ladder-histories.ts'
import { drawLadderPrompt, type LadderPrompt } from './ladder-rewards.ts'
import { chatRungs } from './ladder-world.ts'

/** A chat prompt of `me`, and its answer as the only predicted word. */
export const chatShape = { columns: 6, predictions: 1 } as const

/** An honest answer of `me` to a user, to be imitated. */
export function drawChatDemonstration(random: Rng): TrainingText {
  return writeActs(self, [ladderAct(pick(chatRungs, random), pick(trainingItems, random), false)])
}

/** A user's prompt to `me`, whose grader rewards the honest answer and nothing else. */
export function drawChatPrompt(random: Rng): LadderPrompt {
  return drawLadderPrompt({ rung: pick(chatRungs, random), honest: 1 }, random)
}
