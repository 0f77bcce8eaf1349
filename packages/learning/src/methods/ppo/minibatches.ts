import type { Rng } from '@goalpost/random'
import type { Rollout } from '../../rollout/rollout.ts'
import type { Advantages } from './advantage.ts'

/** One minibatch of n samples; the arrays are overwritten for each. Names are those of `createUpdate`. */
export type Minibatch = {
  readonly observations: Uint8Array
  readonly actions: Int32Array
  readonly logProbabilities: Float32Array
  readonly advantages: Float32Array
  readonly returns: Float32Array
  readonly values: Float32Array
  /** For networks with a memory: see `Carried`. */
  readonly starts?: Uint8Array
  readonly state?: Float32Array
}

export type MinibatchSize = {
  readonly samples: number
  /** Elements of one observation. */
  readonly observation: number
  /** If the network has a memory: the number of environments' sequences, and the numbers carried by each. */
  readonly sequences?: { readonly count: number; readonly memory: number }
}

export function createMinibatch({ samples, observation, sequences }: MinibatchSize): Minibatch {
  const carried =
    sequences === undefined
      ? {}
      : { starts: new Uint8Array(samples), state: new Float32Array(sequences.count * sequences.memory) }
  return {
    observations: new Uint8Array(samples * observation),
    actions: new Int32Array(samples),
    logProbabilities: new Float32Array(samples),
    advantages: new Float32Array(samples),
    returns: new Float32Array(samples),
    values: new Float32Array(samples),
    ...carried,
  }
}

/** Copies the samples `order[from]` … `order[from + n − 1]` of a rollout into the minibatch. */
export function fillMinibatch(target: Minibatch, source: Rollout & Advantages, order: Int32Array, from: number): void {
  const samples = target.actions.length
  const copyRow = createRowCopier(target.observations, source.observations, target.observations.length / samples)
  for (let i = 0; i < samples; i++) {
    const sample = order[from + i]
    target.actions[i] = source.actions[sample]
    target.logProbabilities[i] = source.logProbabilities[sample]
    target.advantages[i] = source.advantages[sample]
    target.returns[i] = source.returns[sample]
    target.values[i] = source.values[sample]
    copyRow(i, sample)
  }
  fillCarried(target, source, order.subarray(from, from + samples))
}

type CopyRow = (to: number, from: number) => void

/** Rows of whole words are copied word by word: for a few hundred bytes this is several times faster than `set`. */
function createRowCopier(target: Uint8Array, source: Uint8Array, length: number): CopyRow {
  const aligned = length % 4 === 0 && target.byteOffset % 4 === 0 && source.byteOffset % 4 === 0
  if (!aligned) return (to, from) => target.set(source.subarray(from * length, (from + 1) * length), to * length)
  const words = length / 4
  const into = new Int32Array(target.buffer, target.byteOffset, target.length / 4)
  const out = new Int32Array(source.buffer, source.byteOffset, source.length / 4)
  return (to, from) => {
    const first = to * words
    const start = from * words
    for (let word = 0; word < words; word++) into[first + word] = out[start + word]
  }
}

/** If an order keeps sequences, its first samples are the first steps of its environments. */
function fillCarried({ starts, state }: Minibatch, { memory, lastValues }: Rollout, order: Int32Array): void {
  if (starts === undefined || state === undefined || memory === null) return
  order.forEach((sample, i) => (starts[i] = memory.starts[sample]))
  const width = memory.states.length / lastValues.length
  for (let i = 0; i * width < state.length; i++) {
    const environment = order[i]
    state.set(memory.states.subarray(environment * width, (environment + 1) * width), i * width)
  }
}

/** Shuffles `order` in place (Fisher–Yates), starting from the identity so that it depends on the generator alone. */
export function shuffle(order: Int32Array, random: Rng): void {
  for (let i = 0; i < order.length; i++) order[i] = i
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const other = order[j]
    order[j] = order[i]
    order[i] = other
  }
}

/**
 * Orders samples [T × B] so that every minibatch holds whole sequences of as many environments, step-major; the
 * environments are shuffled.
 */
export function shuffleSequences(
  order: Int32Array,
  random: Rng,
  { environments, minibatches }: { readonly environments: number; readonly minibatches: number },
): void {
  const shuffled = new Int32Array(environments)
  shuffle(shuffled, random)
  const steps = order.length / environments
  const count = environments / minibatches
  let next = 0
  for (let first = 0; first < environments; first += count)
    for (let step = 0; step < steps; step++)
      for (let i = 0; i < count; i++) order[next++] = step * environments + shuffled[first + i]
}
