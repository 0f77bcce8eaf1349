/** The data of T steps of B environments; arrays are [T × B], step-major, and are overwritten by every rollout. */
export type Rollout = {
  /** [T × B × length], written by the network's `reading`. */
  readonly observations: Uint8Array
  readonly actions: Int32Array
  readonly logProbabilities: Float32Array
  readonly values: Float32Array
  readonly rewards: Float32Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
  /** See `AdvantageInput`. */
  readonly cutValues: Float32Array
  /** [B] */
  readonly lastValues: Float32Array
  /** Null if the network has no memory. */
  readonly memory: RolloutMemory | null
}

export type RolloutMemory = {
  /** 1 if a step is the first of its episode. */
  readonly starts: Uint8Array
  /** [B × S] the network's memory before the first step. */
  readonly states: Float32Array
}

export type RolloutSize = {
  readonly steps: number
  readonly environments: number
  /** Bytes of one observation after `reading`. */
  readonly observation: number
  /** Numbers that the network carries from step to step of one episode; 0: none. */
  readonly memory: number
}

export function createRollout({ steps, environments, observation, memory }: RolloutSize): Rollout {
  const samples = steps * environments
  return {
    observations: new Uint8Array(samples * observation),
    actions: new Int32Array(samples),
    logProbabilities: new Float32Array(samples),
    values: new Float32Array(samples),
    rewards: new Float32Array(samples),
    terminated: new Uint8Array(samples),
    truncated: new Uint8Array(samples),
    cutValues: new Float32Array(samples),
    lastValues: new Float32Array(environments),
    memory: memory === 0 ? null : { starts: new Uint8Array(samples), states: new Float32Array(environments * memory) },
  }
}
