import type { Environment, ReferenceName, Simulator } from '@goalpost/environments'

/** Chooses one action for every slot of a batch. Learned policies implement this elsewhere. */
export type BatchPolicy<Level = unknown> = {
  /**
   * Fills `actions` [batch] from `observations` [batch × height × width × channels]. `uniform(slot)` is a uniform
   * number in [0, 1) that depends only on level, episode, step and the slot's earlier calls in this step.
   * A row's action must depend on that row alone, so that outcomes do not depend on the batch.
   */
  act(observations: Uint8Array, actions: Uint8Array, uniform: (slot: number) => number): Promise<void> | void
  /** Called when `slot` starts an episode of `level`: clears recurrent state, gives oracles their level. */
  begin?(slot: number, level: Level): void
}

/** A reference policy of an environment as a batch policy of `simulator`. */
export function createReferencePolicy<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { name, simulator }: { readonly name: ReferenceName; readonly simulator: Simulator<Level> },
): BatchPolicy<Level> {
  const levels: Level[] = []
  const reference = environment.createReference(name, parameters, simulator, (slot) => levels[slot])
  return {
    begin(slot, level) {
      levels[slot] = level
    },
    act: (_observations, actions, uniform) => reference.act(actions, uniform),
  }
}
