import { readFloats, type Engine, type EngineTensor } from '@goalpost/engine'

/** A recurrent network's memory of the episode in each slot of a batch. The state stays on the engine. */
export type EpisodeMemory = {
  /** [batch] bytes: 1 if the next step is the first of an episode. */
  readonly starts: Uint8Array
  /** [batch, S]; owned by the memory. */
  state(): EngineTensor
  /** A new episode begins in that slot. */
  begin(slot: number): void
  /** One step was taken in every slot; the memory takes over its state. */
  advance(state: EngineTensor): void
  save(): Promise<MemoryState>
  restore(saved: MemoryState): void
  dispose(): void
}

export type MemoryState = {
  /** [batch × S] */
  readonly state: Float32Array
  /** [batch] */
  readonly starts: Uint8Array
}

export function createEpisodeMemory(engine: Engine, width: number, batch: number): EpisodeMemory {
  const upload = (values: Float32Array) => engine.tensor(values, { shape: [batch, width], type: 'float32' })
  const starts = new Uint8Array(batch).fill(1)
  let state = upload(new Float32Array(batch * width))

  function replace(next: EngineTensor): void {
    state.dispose()
    state = next
  }

  return {
    starts,
    state: () => state,
    begin(slot) {
      starts[slot] = 1
    },
    advance(next) {
      replace(next)
      starts.fill(0)
    },
    save: async () => ({ state: (await readFloats(state)).slice(), starts: starts.slice() }),
    restore(saved) {
      replace(upload(saved.state))
      starts.set(saved.starts)
    },
    dispose() {
      state.dispose()
    },
  }
}
