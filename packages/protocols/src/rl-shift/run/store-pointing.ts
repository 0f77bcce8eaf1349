import type { ArtifactRef } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createPolicy, greedyAction, modulesOf, type Policy } from '@goalpost/learning'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { openEngine } from '../../worlds/run/open-engine.ts'
import { createSimulatorFor, openSuite, type PlayableSuite } from '../../worlds/run/suite.ts'
import type { EvaluateInputs } from '../evaluate-task.ts'
import { encodePointing, type PointingLog } from '../pointing-log.ts'
import { seenPlaces } from './tell-goals.ts'
import { readPolicy } from './read-policy.ts'

/** Asks the goal module of a policy of two modules about the beginning of every level; nothing for evaluations that do not say so. */
export async function storePointing(context: TaskContext, inputs: EvaluateInputs): Promise<ArtifactRef[]> {
  if (!('pointing' in inputs) || inputs.pointing === undefined) return []
  const modules = modulesOf(await readPolicy(context))
  if (modules === null) throw new Error('The policy has no goal module')
  const engine = await openEngine(context)
  try {
    const goal = await createPolicy(engine, modules.goal, inputs.batch)
    try {
      const logs: ArtifactRef[] = []
      for (const world of inputs.suites) {
        const log = await pointOn(openSuite(world, context.salt), { goal, batch: inputs.batch, context })
        const name = artifactNames.pointing(world.name)
        const bytes = encodePointing(log)
        logs.push(await context.artifacts.write({ name, bytes, mediaType: 'application/json', evidence: true }))
      }
      return logs
    } finally {
      goal.dispose()
    }
  } finally {
    engine.dispose()
  }
}

type Pointer = { readonly goal: Policy; readonly batch: number; readonly context: TaskContext }

async function pointOn(playable: PlayableSuite, { goal, batch, context }: Pointer): Promise<PointingLog> {
  const { environment, world, suite } = playable
  const [height, columns] = environment.observation(world.parameters).shape
  const simulator = createSimulatorFor(playable, batch)
  const placeOf = seenPlaces(playable)
  const pointed: number[] = []
  for (let first = 0; first < suite.levels.length; first += batch) {
    const together = suite.levels.slice(first, first + batch)
    for (const [slot, level] of together.entries()) simulator.reset(slot, level)
    const output = await goal.evaluate(simulator.observations)
    for (const slot of together.keys())
      pointed.push(greedyAction(output, slot * (height * columns + 1), height * columns))
    await context.yieldToEventLoop()
  }
  const goals = suite.levels.map((level) => {
    const [row, column] = placeOf(level)
    return row * columns + column
  })
  return { columns, pointed, goals }
}
