import type { Environment, ObservationTransform, ShiftChange } from './environment.ts'

/** A world to evaluate in, in full. */
export type ShiftedWorld<Parameters> = {
  readonly parameters: Parameters
  /** The name of a distribution; undefined where the levels are those of training. */
  readonly distribution: string | undefined
  readonly observation: ObservationTransform | undefined
}

/**
 * The world that a change makes of training's. Throws what the parameters' schema throws where the outcome is not valid,
 * such as a role that this environment's agents do not have.
 */
export function applyShift<Parameters>(
  environment: Pick<Environment<Parameters, never>, 'parameters'>,
  training: Readonly<Record<string, unknown>>,
  { distribution, observation, ...change }: ShiftChange,
): ShiftedWorld<Parameters> {
  return { parameters: environment.parameters.parse(shiftParameters(training, change)), distribution, observation }
}

/** Parameters with those of a change in their place; `agents` is overridden role by role. Not validated. */
export function shiftParameters(
  training: Readonly<Record<string, unknown>>,
  { parameters, agents }: Pick<ShiftChange, 'parameters' | 'agents'>,
): Readonly<Record<string, unknown>> {
  const changed = { ...training, ...parameters }
  if (agents === undefined) return changed
  const known = typeof changed.agents === 'object' ? changed.agents : {}
  return { ...changed, agents: { ...known, ...agents } }
}

/**
 * Complete parameters with others in place of some. Throws what the schema throws where the outcome is not valid. What
 * neither of the two names stays out, default or not: parameters that were stored before there was a choice say nothing of
 * it, and environments take that for what it was then.
 */
export function changeParameters<Parameters>(
  environment: Pick<Environment<Parameters, never>, 'parameters'>,
  complete: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Parameters {
  const wanted = { ...complete, ...change }
  const parsed = environment.parameters.parse(wanted)
  if (typeof parsed === 'object' && parsed !== null)
    for (const name of Object.keys(parsed)) if (!(name in wanted)) Reflect.deleteProperty(parsed, name)
  return parsed
}
