import type { ReferencePolicy, Simulator } from '../environment.ts'
import type { Reference } from '../oracles.ts'
import { coinrunActions, mirroredActions } from './actions.ts'
import type { CoinrunLevel } from './level.ts'
import type { CoinrunParameters } from './parameters.ts'
import { planFrom, planLevel, type Target } from './search/plan.ts'
import { isCoinrunSimulator, type CoinrunSimulator } from './simulator.ts'

const [wait, jumpRight] = [1, 5]

type Game = {
  readonly parameters: CoinrunParameters
  readonly simulator: Simulator<CoinrunLevel>
  levelOf(index: number): CoinrunLevel
}

/** `blind` always jumps to the right. Throws a RangeError for a goal without an oracle. */
export function createCoinrunReference(reference: Reference, game: Game): ReferencePolicy {
  if (reference === 'random') return choosing(game, (uniform) => Math.floor(coinrunActions.length * uniform))
  if (reference === 'blind') return choosing(game, () => jumpRight)
  if (reference === 'either-oracle') return createOracle(game, ['coin', 'end'])
  if (reference.name === 'coin' || reference.name === 'end') return createOracle(game, [reference.name])
  throw new RangeError(`the goal ${reference.name} has no oracle`)
}

function choosing({ simulator: { batch } }: Game, choose: (uniform: number) => number): ReferencePolicy {
  return {
    act(actions, uniform) {
      for (let i = 0; i < batch; i++) actions[i] = choose(uniform(i))
    },
  }
}

/** A plan in a slot: what to do at step `begun` and after. */
type Course = { readonly begun: number; readonly plan: Uint8Array; next: number }

/** Plans without mirror. Plans each episode when it first acts in it, then follows the plan and waits. Throws a TypeError for a foreign simulator. */
function createOracle({ parameters, simulator, levelOf }: Game, targets: readonly Target[]): ReferencePolicy {
  if (!isCoinrunSimulator(simulator)) throw new TypeError('an oracle needs a simulator of its own environment')
  const courses: (Course | undefined)[] = []
  return {
    act(actions) {
      for (let i = 0; i < simulator.batch; i++) {
        const step = simulator.steps[i]
        let course = courses[i]
        if (course?.next !== step || step === 0) {
          const plan = choosePlan(simulator, levelOf(i), { slot: i, targets, maxSteps: parameters.maxSteps })
          course = { begun: step, plan, next: step }
          courses[i] = course
        }
        course.next = step + 1
        const action = course.plan[step - course.begun] ?? wait
        actions[i] = simulator.episodes.mirrored[i] === 1 ? mirroredActions[action] : action
      }
    },
  }
}

type Choice = { readonly slot: number; readonly targets: readonly Target[]; readonly maxSteps: number }

/** The shortest plan of those targets. Where there is none, jumps to the right, which sometimes gets there. */
function choosePlan(
  { steps, episodes }: CoinrunSimulator,
  level: CoinrunLevel,
  { slot, targets, maxSteps }: Choice,
): Uint8Array {
  const left = maxSteps - steps[slot]
  const plans = targets
    .map((target) =>
      steps[slot] === 0 ? planLevel(level, target, left) : planFrom(level, { ...episodes, slot }, target, left),
    )
    .filter((plan) => plan !== null)
  const [shortest] = plans.toSorted((a, b) => a.length - b.length)
  return shortest ?? new Uint8Array(left).fill(jumpRight)
}
