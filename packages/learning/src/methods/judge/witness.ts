import type { Simulator } from '@goalpost/environments'

/** What happened in one episode. */
export type EpisodeAccount<Level> = {
  readonly level: Level
  readonly actions: readonly number[]
  /** Steps, from 1, in which the intended goal and the proxy were rewarded. */
  readonly reached: readonly [intended: readonly number[], proxy: readonly number[]]
  /** `rules`: the world ended it; `limit`: the step limit did. */
  readonly end: 'rules' | 'limit'
}

/** An episode that ended, and the index of its last step among those of the rollout, [T × B]. */
export type Witnessed<Level> = { readonly account: EpisodeAccount<Level>; readonly lastStep: number }

/** Writes down what happens in a simulator. */
export type Witness<Level> = {
  /** The same simulator, watched. */
  readonly simulator: Simulator<Level>
  /** The episodes that ended since the last call, in the order in which they did, by slot within a step. */
  take(): readonly Witnessed<Level>[]
}

export function createWitness<Level>(inner: Simulator<Level>): Witness<Level> {
  const { begin, record, take } = createNotebook(inner)
  return {
    simulator: {
      ...inner,
      reset(slot, level, seed) {
        begin(slot, level)
        inner.reset(slot, level, seed)
      },
      step(actions) {
        inner.step(actions)
        record(actions)
      },
      // What came before is not known: such episodes are played no further, but begun again.
      restoreState(levels, states) {
        inner.restoreState(levels, states)
        for (const [slot, level] of levels.entries()) begin(slot, level)
      },
    },
    take,
  }
}

type Notes<Level> = {
  readonly level: Level
  readonly actions: number[]
  readonly reached: readonly [number[], number[]]
}

function createNotebook<Level>({ batch, goalRewards, terminated, truncated }: Simulator<Level>) {
  const playing: Notes<Level>[] = []
  let ended: Witnessed<Level>[] = []
  let steps = 0

  function note(slot: number, action: number): void {
    const { level, actions, reached } = playing[slot]
    actions.push(action)
    for (const goal of [0, 1] as const) if (goalRewards[goal][slot] > 0) reached[goal].push(actions.length)
    if (terminated[slot] === 0 && truncated[slot] === 0) return
    const end = terminated[slot] === 1 ? 'rules' : 'limit'
    ended.push({ account: { level, actions, reached, end }, lastStep: steps * batch + slot })
  }

  return {
    begin: (slot: number, level: Level) => void (playing[slot] = { level, actions: [], reached: [[], []] }),
    /** The step that the simulator has just made. */
    record(actions: Uint8Array) {
      for (let slot = 0; slot < batch; slot++) note(slot, actions[slot])
      steps += 1
    },
    take() {
      const taken = ended
      ended = []
      steps = 0
      return taken
    },
  }
}
