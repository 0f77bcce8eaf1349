import type { Environment, Simulator } from '@goalpost/environments'
import type { BatchPolicy } from '@goalpost/evaluation'

/** Where a scripted policy plays: the world is the same type of thing in and out of distribution, and is not named. */
export type ScriptedWorld = {
  readonly environment: Environment
  readonly parameters: unknown
  readonly simulator: Simulator<unknown>
}

/** Makes the policy of one simulator: a suite replayed with an object hidden has its own. */
export type ScriptedPolicy = (world: ScriptedWorld) => BatchPolicy
