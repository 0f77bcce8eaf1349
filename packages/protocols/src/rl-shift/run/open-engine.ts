import { GoalpostError, type Resources } from '@goalpost/contracts'
import { createEngine, engineNames, EngineUnavailable, resolveEngine, type Engine } from '@goalpost/engine'

/** The engine that the task was planned for, or `engine-unavailable` with the remedy. */
export async function openEngine({ engine, threads }: Resources): Promise<Engine> {
  const name = engine === 'auto' ? 'auto' : engineNames.find((known) => known === engine)
  if (name === undefined)
    throw new GoalpostError(
      'engine-unavailable',
      `There is no engine ${engine}: use one of auto, ${engineNames.join(', ')}`,
    )
  try {
    return await createEngine(resolveEngine(name), { threads })
  } catch (error) {
    if (error instanceof EngineUnavailable)
      throw new GoalpostError('engine-unavailable', error.message, { cause: error })
    throw error
  }
}
