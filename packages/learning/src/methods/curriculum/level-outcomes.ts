/** How the episodes of one level went in one rollout. Returns are discounted from the first step, γ^(t − 1). */
export type LevelOutcome = {
  /** Episodes that ended; the last one usually has not. The returns are of these only, 0 if there are none. */
  readonly episodes: number
  readonly meanReturn: number
  readonly bestReturn: number
  /** Over all steps. */
  readonly meanValue: number
  /** The mean of max(advantage, 0) over all steps. */
  readonly positiveValueLoss: number
}

/** Arrays are [T × B], step-major. */
type Played = {
  readonly rewards: Float32Array
  readonly values: Float32Array
  readonly advantages: Float32Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
}

/** By slot, for a rollout in which every slot stayed at one level. */
export function levelOutcomes(played: Played, slots: number, discount: number): LevelOutcome[] {
  return Array.from({ length: slots }, (_, slot) => outcomeOf(played, { slot, slots, discount }))
}

type Which = { readonly slot: number; readonly slots: number; readonly discount: number }

function outcomeOf(played: Played, { slot, slots, discount }: Which): LevelOutcome {
  const steps = played.rewards.length / slots
  let [episodes, total, best, current, weight] = [0, 0, Number.NEGATIVE_INFINITY, 0, 1]
  let [values, positive] = [0, 0]
  for (let i = slot; i < played.rewards.length; i += slots) {
    values += played.values[i]
    positive += Math.max(played.advantages[i], 0)
    current += weight * played.rewards[i]
    weight *= discount
    if (played.terminated[i] === 0 && played.truncated[i] === 0) continue
    episodes += 1
    total += current
    best = Math.max(best, current)
    current = 0
    weight = 1
  }
  return {
    episodes,
    meanReturn: episodes === 0 ? 0 : total / episodes,
    bestReturn: episodes === 0 ? 0 : best,
    meanValue: values / steps,
    positiveValueLoss: positive / steps,
  }
}
