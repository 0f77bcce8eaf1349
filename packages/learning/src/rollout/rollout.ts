/** What T steps of B environments left behind; arrays are [T × B], step-major, and are filled anew by every rollout. */
export type Rollout = {
  /** [T × B × input], cropped. */
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
}

export type RolloutSize = { readonly steps: number; readonly environments: number; readonly input: number }

export function createRollout({ steps, environments, input }: RolloutSize): Rollout {
  const samples = steps * environments
  return {
    observations: new Uint8Array(samples * input),
    actions: new Int32Array(samples),
    logProbabilities: new Float32Array(samples),
    values: new Float32Array(samples),
    rewards: new Float32Array(samples),
    terminated: new Uint8Array(samples),
    truncated: new Uint8Array(samples),
    cutValues: new Float32Array(samples),
    lastValues: new Float32Array(environments),
  }
}
