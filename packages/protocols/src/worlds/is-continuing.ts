import type { Environment } from '@goalpost/environments'

/** Whether training in this world is continuing: its streams are not reset, and have no episodes. */
export function isContinuing<Parameters>(
  environment: Pick<Environment<Parameters, never>, 'horizon'>,
  parameters: Parameters,
): boolean {
  return !Number.isFinite(environment.horizon(parameters).maxSteps)
}
