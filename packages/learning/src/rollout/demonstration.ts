import type { ReferencePolicy } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'

/** A demonstrator whose actions are recorded instead of the network's. */
export type Demonstration = {
  readonly demonstrator: ReferencePolicy
  /** Whose actions the simulator takes. */
  readonly player: 'demonstrator' | 'policy'
}

export type Demonstrating = Demonstration & {
  /** Item (step counter, slot) of this stream is the demonstrator's chance. */
  readonly uniform: Stream
}

type Step = {
  /** [batch] the network's actions; replaced by the demonstrator's if it plays. */
  readonly chosen: Uint8Array
  /** The rollout's actions, from sample `first` on. A step without a demonstration gets `actionCount`. */
  readonly recorded: Int32Array
  readonly first: number
  readonly counter: number
  readonly actionCount: number
}

/** Records the demonstrator's actions in the current states. One that stands still (`stay`) shows none of an agent's. */
export function demonstrate(
  { demonstrator, player, uniform }: Demonstrating,
  { chosen, recorded, first, counter, actionCount }: Step,
): void {
  const shown = new Uint8Array(chosen.length)
  demonstrator.act(shown, (slot) => uniform.uniform(counter, slot))
  for (let slot = 0; slot < shown.length; slot++) recorded[first + slot] = Math.min(shown[slot], actionCount)
  if (player === 'demonstrator') chosen.set(shown)
}
