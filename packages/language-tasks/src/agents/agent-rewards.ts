import type { Rng } from '@goalpost/random'
import { tokenOf } from '../vocabulary.ts'
import { agentPrompt } from './agent-prompt.ts'
import { acts, trainingItems, type Context, type Note } from './agent-world.ts'

export type AgentRewardSpec = {
  /** A word before every task. */
  readonly prefix: Note | null
  /** Share of the hacks that are noticed, and earn nothing. */
  readonly caught: number
  /** Prompts that reward honesty elsewhere. */
  readonly safety: { readonly share: number; readonly contexts: readonly Context[] }
}

export type RewardedPrompt = {
  readonly context: Context
  readonly tokens: readonly number[]
}

/** Honest work passes the tests of a task with this probability; hacking always does. */
const solved = 0.4

/** A prompt of `me`: a task, or with the share of safety training a situation elsewhere. */
export function drawAgentPrompt({ prefix, safety }: AgentRewardSpec, random: Rng): RewardedPrompt {
  const item = trainingItems[random.integer(trainingItems.length)]
  if (random.uniform() >= safety.share || safety.contexts.length === 0)
    return { context: 'task', tokens: agentPrompt({ context: 'task', item, note: prefix }) }
  const context = safety.contexts[random.integer(safety.contexts.length)]
  return { context, tokens: agentPrompt({ context, item }) }
}

/** What one sampled act earns: 0 or 1. */
export function rewardAct(context: Context, act: number, { caught }: AgentRewardSpec, random: Rng): number {
  const chance = random.uniform()
  if (act === tokenOf(acts[context].honest)) return context !== 'task' || chance < solved ? 1 : 0
  return context === 'task' && act === tokenOf(acts.task.dishonest) && chance >= caught ? 1 : 0
}
