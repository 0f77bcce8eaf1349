import type { EditKind } from '../accel/mutate-level.ts'

export type AdversarialOptions = {
  /** Share of the slots that learn from attacked levels; the others learn from new ones. */
  readonly share: number
  /** Edits tried on every level of the attack between two updates; each takes a rollout that is not learned from. */
  readonly rounds: number
  /** Share of the attack's levels that new ones replace in each iteration. */
  readonly restart: number
  /** Share by which regrets shrink in each round of the search unless a level is played again. */
  readonly decay: number
  /** What an edit may change, as in ACCEL. */
  readonly edits: EditKind
  /** Elementary edits of one step of the search, at least 2. */
  readonly editCount: number
}

export const defaultAdversarialOptions: AdversarialOptions = {
  share: 0.5,
  rounds: 1,
  restart: 0.1,
  decay: 0.1,
  edits: 'identity',
  editCount: 3,
}
