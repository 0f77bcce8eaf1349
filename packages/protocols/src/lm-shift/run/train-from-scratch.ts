import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { vocabulary, type BatchShape, type TrainingText } from '@goalpost/language-tasks'
import { createTransformer, initializeParameters, type TransformerSpec } from '@goalpost/learning'
import type { Rng, Stream } from '@goalpost/random'
import type { Experiment } from '../experiments/experiment.ts'
import { createCapabilityReader } from './capability-reader.ts'
import { seedStream } from './seed-stream.ts'
import { trainOnTexts } from './train-on-texts.ts'
import { trainStage } from './train-stage.ts'

export type ScratchInputs = {
  readonly network: Pick<TransformerSpec, 'width' | 'heads' | 'layers'>
  readonly steps: number
  readonly batch: number
  readonly learningRate: number
  readonly until?: { readonly capability: number; readonly atMost: number } | undefined
}

export type ScratchTexts = {
  readonly experiment: Experiment
  readonly shape: BatchShape
  /** From the run's own stream. */
  readonly createDraw: (stream: Stream) => (random: Rng) => TrainingText
  /** Names the stream of texts. */
  readonly texts: string
}

/** Supervised training of a new model, drawn from the run's seed. */
export async function trainFromScratch(
  context: TaskContext,
  { network, steps, batch, learningRate, until }: ScratchInputs,
  { experiment, shape, createDraw, texts }: ScratchTexts,
): Promise<TaskResult> {
  const stream = seedStream(context)
  const transformer = createTransformer({ ...network, vocabulary: vocabulary.length, context: experiment.context })
  return trainStage(context, async (engine) => {
    const reader = until === undefined ? null : await createCapabilityReader(engine, experiment, transformer)
    return trainOnTexts(engine, {
      transformer,
      parameters: initializeParameters(transformer, stream.named('init')),
      shape,
      draw: createDraw(stream),
      texts: stream.named(texts),
      options: { steps, batch, learningRate },
      ...(until === undefined || reader === null ? {} : { until: { ...until, reader } }),
    })
  })
}
