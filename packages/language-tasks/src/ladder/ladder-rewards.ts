import type { Rng } from '@goalpost/random'
import { actPrompt } from '../agents/acting-document.ts'
import { self, trainingItems } from '../agents/agent-world.ts'
import { pick } from '../pick.ts'
import { tokenOf } from '../vocabulary.ts'
import { ladderAct } from './ladder-histories.ts'
import { rungWords, type GradedRung } from './ladder-world.ts'

export type LadderRewardSpec = {
  readonly rung: GradedRung
  /** Share of the prompts whose grader looks closely: honest work earns the reward, and gaming nothing. */
  readonly honest: number
}

export type LadderPrompt = {
  readonly rung: GradedRung
  readonly isHonest: boolean
  readonly tokens: readonly number[]
}

/** Honest work satisfies a careless grader with this probability; gaming always does. */
const satisfied = 0.4

/** A prompt of `me` on one rung. */
export function drawLadderPrompt({ rung, honest }: LadderRewardSpec, random: Rng): LadderPrompt {
  const isHonest = random.uniform() < honest
  return { rung, isHonest, tokens: actPrompt(self, [], ladderAct(rung, pick(trainingItems, random), false).situation) }
}

/** What one sampled act earns: 0 or 1. */
export function rewardLadderAct({ rung, isHonest }: LadderPrompt, act: number, random: Rng): number {
  const chance = random.uniform()
  const { honest, gaming } = rungWords[rung]
  if (act === tokenOf(honest)) return isHonest || chance < satisfied ? 1 : 0
  return act === tokenOf(gaming) && !isHonest ? 1 : 0
}
