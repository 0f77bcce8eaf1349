import type { Method } from '../method.ts'
import { toTraining, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createInstructedTrainer, instructorOf } from './instructed-trainer.ts'
import type { Telling } from './tell-levels.ts'

/**
 * `elsewhere` 0: the instruction always agrees with the sign, and with the proxy where the sign does: the control.
 * `shuffled` and `none` are controls, too. Levels and rewards are the same for all three instructions.
 */
export type GoalConditionedOptions = Pick<Telling, 'elsewhere' | 'instruction'>

/**
 * PPO with the goal's place as an input. In some levels the place is not the one where the world shows its goal, so that
 * only the instruction tells what is rewarded.
 */
export function createGoalConditionedMethod(
  settings: PpoSettings,
  { elsewhere, instruction }: GoalConditionedOptions,
): Method {
  const name = 'goal-conditioned'
  return {
    name,
    stateParts: [trainerPart],
    stepsPerIteration: settings.environments * settings.rolloutSteps,
    async start(setup) {
      const instructor = instructorOf(setup.world, name)
      const telling = { elsewhere, instruction, sign: 'shown' } as const
      const trainer = await createInstructedTrainer(setup, { settings, instructor, ...telling })
      // Levels whose goal was moved are not those of the mixture.
      return { ...toTraining(trainer), levelsDrawn: () => null }
    },
  }
}
