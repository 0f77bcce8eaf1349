import type { Action } from '../environment.ts'

/** Procgen has 15 actions, of which 9 differ; those that press down are left out. */
export const coinrunActions: readonly Action[] = [
  { name: 'left', description: 'Runs to the left' },
  { name: 'wait', description: 'Neither runs nor jumps' },
  { name: 'right', description: 'Runs to the right' },
  { name: 'jump-left', description: 'Jumps, if it stands on something, and steers to the left' },
  { name: 'jump', description: 'Jumps, if it stands on something' },
  { name: 'jump-right', description: 'Jumps, if it stands on something, and steers to the right' },
]

/** By action. */
export const actionDirections = Int8Array.of(-1, 0, 1, -1, 0, 1)
/** By action: the one that does in a mirror what this one does without. */
export const mirroredActions = Uint8Array.of(2, 1, 0, 5, 4, 3)
export const actionJumps = Uint8Array.of(0, 0, 0, 1, 1, 1)
