import { GoalpostError, type Resources } from '@goalpost/contracts'
import { createEngine, engineNames, EngineUnavailable, resolveEngine, type Engine } from '@goalpost/engine'
import type { TaskContext } from '@goalpost/experiments'

/** The engine that the task was planned for, recorded in the manifest, or `engine-unavailable` with the remedy. */
export async function openEngine(context: Pick<TaskContext, 'assignment' | 'usesEngine'>): Promise<Engine> {
  const engine = await createPlannedEngine(context.assignment.resources)
  const { name, build, threads, device } = engine.info
  context.usesEngine({ name, build, threads, device: device === 'cpu' ? 'cpu' : 'gpu' })
  return engine
}

async function createPlannedEngine({ engine, threads }: Resources): Promise<Engine> {
  const name = engine === 'auto' ? 'auto' : engineNames.find((known) => known === engine)
  if (name === undefined)
    throw new GoalpostError(
      'engine-unavailable',
      `Unknown engine ${engine}: use one of auto, ${engineNames.join(', ')}`,
    )
  try {
    return await createEngine(resolveEngine(name), { threads })
  } catch (error) {
    if (error instanceof EngineUnavailable)
      throw new GoalpostError('engine-unavailable', error.message, { cause: error })
    throw error
  }
}
