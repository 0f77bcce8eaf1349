import type { Environment, ObservationTransform, ShiftChange } from './environment.ts'

/** A complete world to evaluate in. */
export type ShiftedWorld<Parameters> = {
  readonly parameters: Parameters
  /** The name of a distribution; undefined if the levels are those of training. */
  readonly distribution: string | undefined
  readonly observation: ObservationTransform | undefined
}

/**
 * Training's world with a change. Throws the error of the parameters' schema if the result is not valid, such as a role
 * that this environment's agents do not have.
 */
export function applyShift<Parameters>(
  environment: Pick<Environment<Parameters, never>, 'parameters'>,
  training: Readonly<Record<string, unknown>>,
  { distribution, observation, ...change }: ShiftChange,
): ShiftedWorld<Parameters> {
  return { parameters: environment.parameters.parse(shiftParameters(training, change)), distribution, observation }
}

/** Parameters with those of a change; `agents` is overridden role by role. Not validated. */
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
 * Complete parameters with some replaced. Throws the schema's error if the result is not valid. Options in neither of
 * the two stay absent, even with a default: stored parameters lack later options, and environments then use the earlier
 * behaviour.
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
