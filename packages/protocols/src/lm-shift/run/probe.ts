import { GoalpostError, type TaskResult } from '@goalpost/contracts'
import type { Engine } from '@goalpost/engine'
import type { TaskContext } from '@goalpost/experiments'
import { padLeft, type ProbeSuite } from '@goalpost/language-tasks'
import { createNextTokenReader, createTransformer, type LanguageSnapshot } from '@goalpost/learning'
import { openEngine } from '../../worlds/run/open-engine.ts'
import { experiments } from '../experiments/table.ts'
import type { ProbeInputs } from '../tasks.ts'
import { promptReadings } from './prompt-readings.ts'
import { findRewardModel, readIfThere, readModel } from './read-model.ts'
import { readRewards, selectAmongLikeliest } from './reward-probing.ts'
import { parseSelection, selectionArtifact } from './selection.ts'
import { storeSamples } from './store-samples.ts'
import { summariseProbes, type PromptReading } from './summarise-probes.ts'

/** Reads the next word's distribution after every prompt of the suite, in one pass. */
export async function probe(context: TaskContext, { experiment, suite: hash }: ProbeInputs): Promise<TaskResult> {
  const { suite } = experiments[experiment]
  if (suite.hash !== hash)
    throw new GoalpostError('task-failed', `The prompts ${hash.slice(0, 8)} are not those of this version`)
  const model = await readModel(context)
  const rewardModel = await findRewardModel(context)
  const selection = await readIfThere(context, selectionArtifact)
  const engine = await openEngine(context)
  try {
    const probabilities = await readProbabilities(engine, model, suite)
    await context.yieldToEventLoop()
    const plain = promptReadings(suite, probabilities)
    if (rewardModel === null) return resultOf(context, suite, plain)
    const readings =
      selection === null
        ? plain
        : await selectAmongLikeliest(engine, {
            suite,
            probabilities,
            rewardModel,
            selection: parseSelection(selection),
          })
    const rewarded = await readRewards(engine, rewardModel, suite)
    const both = readings.map((reading, row) => ({ ...reading, rewarded: rewarded[row] }))
    return resultOf(context, suite, both)
  } finally {
    engine.dispose()
  }
}

async function resultOf(
  context: TaskContext,
  suite: ProbeSuite,
  readings: readonly PromptReading[],
): Promise<TaskResult> {
  const samples = await storeSamples(context, suite, readings)
  return { measures: [...summariseProbes(suite, readings)], artifacts: [samples] }
}

/** [prompts · V] */
async function readProbabilities(
  engine: Engine,
  { spec, parameters }: LanguageSnapshot,
  { prompts, columns }: ProbeSuite,
): Promise<Float32Array> {
  const reader = await createNextTokenReader(engine, createTransformer(spec), { prompts: prompts.length, columns })
  const rows = padLeft(
    prompts.map(({ tokens }) => tokens),
    columns,
  )
  const probabilities = await reader.read(parameters, rows)
  reader.dispose()
  return probabilities
}
