import { isMissing } from '@goalpost/contracts'
import type { Engine, EngineTensor } from '@goalpost/engine'
import { padLeft, type ProbeSuite } from '@goalpost/language-tasks'
import { createNextTokenReader, type Transformer } from '@goalpost/learning'
import type { Experiment, Reading } from '../experiments/experiment.ts'
import { valueOf } from '../seed-readings.ts'
import { promptReadings } from './prompt-readings.ts'
import { summariseProbes } from './summarise-probes.ts'

export type CapabilityReader = {
  /** parameters: flat [P]. Returns the experiment's capability, 0 to 1. */
  read(parameters: EngineTensor): Promise<number>
  dispose(): void
}

/** Reads the capability of an experiment from the prompts that measure it, and from no others. */
export async function createCapabilityReader(
  engine: Engine,
  { suite, readings: { capability } }: Experiment,
  transformer: Transformer,
): Promise<CapabilityReader> {
  const own = promptsOf(suite, capability)
  const reader = await createNextTokenReader(engine, transformer, {
    prompts: own.prompts.length,
    columns: own.columns,
  })
  const rows = padLeft(
    own.prompts.map(({ tokens }) => tokens),
    own.columns,
  )
  return {
    async read(parameters) {
      const probabilities = await reader.read(parameters, rows)
      const value = valueOf(capability, summariseProbes(own, promptReadings(own, probabilities)))
      if (isMissing(value)) throw new Error(`The capability cannot be read: ${value.missing}`)
      return value
    },
    dispose: reader.dispose,
  }
}

function promptsOf({ prompts, columns, hash }: ProbeSuite, { probe, kinds }: Reading): ProbeSuite {
  const wanted = prompts.filter((prompt) => prompt.probe === probe && kinds.includes(prompt.kind))
  return { prompts: wanted, columns, hash }
}
