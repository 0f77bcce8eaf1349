import { SnapshotError } from '../../snapshots/sections.ts'
import type { Training } from '../method.ts'
import type { PpoTrainer } from './trainer.ts'

/** The part of a checkpoint, beside the policy, from which a PPO trainer resumes. */
export const trainerPart = 'training-state'

/** `save` and `restore` of a method whose whole state is that of its trainer. */
export function checkpointOf(trainer: PpoTrainer): Pick<Training, 'save' | 'restore'> {
  return {
    async save() {
      const { policy, training } = await trainer.save()
      return { policy, state: { [trainerPart]: training } }
    },
    restore({ policy, state }) {
      const training = state[trainerPart]
      if (training === undefined) throw new SnapshotError(`its part ${trainerPart} is missing`)
      trainer.restore({ policy, training })
    },
  }
}
