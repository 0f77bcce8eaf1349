import type { ReferencePolicy, Simulator } from '@goalpost/environments'
import type { CorridorLevel } from './corridor.ts'

/** Walks to the goal. */
export function corridorExpert(
  { batch }: Simulator<CorridorLevel>,
  levelOf: (slot: number) => CorridorLevel,
): ReferencePolicy {
  return {
    act(actions) {
      for (let slot = 0; slot < batch; slot++) actions[slot] = levelOf(slot).goal === 0 ? 0 : 1
    },
  }
}

/** Steps back and forth at the reward, in cell 0 of the ring. */
export function treadmillExpert({ batch, observations }: Simulator<unknown>): ReferencePolicy {
  const cells = observations.length / batch
  return {
    act(actions) {
      for (let slot = 0; slot < batch; slot++) actions[slot] = observations[slot * cells] === 1 ? 0 : 1
    },
  }
}
