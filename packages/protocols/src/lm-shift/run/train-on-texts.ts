import type { Engine } from '@goalpost/engine'
import { batchTexts, type BatchShape, type TrainingText } from '@goalpost/language-tasks'
import {
  createLanguageOptimizer,
  encodeLanguageSnapshot,
  learningRateAt,
  textTraining,
  type Transformer,
} from '@goalpost/learning'
import type { Rng, Stream } from '@goalpost/random'
import type { CapabilityReader } from './capability-reader.ts'
import { modelArtifact } from './read-model.ts'
import type { StageTraining } from './train-stage.ts'

const warmup = 50
const weightDecay = 0.01
const updatesPerReading = 25

export type TextTrainingSetup = {
  readonly transformer: Transformer
  readonly parameters: Float32Array
  readonly shape: BatchShape
  readonly draw: (random: Rng) => TrainingText
  /** Item i is text number i. */
  readonly texts: Stream
  readonly options: { readonly steps: number; readonly batch: number; readonly learningRate: number }
  /** Goes on after `steps` until the model is that capable, for at most so many updates. */
  readonly until?: { readonly capability: number; readonly atMost: number; readonly reader: CapabilityReader }
  /** Of update number i = 0, 1, …; by default warm-up to the peak of the options, then a cosine. */
  readonly learningRateOf?: (step: number) => number
}

/** Next-token training on drawn texts. */
export async function trainOnTexts(engine: Engine, setup: TextTrainingSetup): Promise<StageTraining> {
  const { transformer, parameters, shape, draw, texts, options } = setup
  const { steps, batch, learningRate } = options
  const training = textTraining(
    transformer,
    { batch, columns: shape.columns, predictions: batch * shape.predictions },
    weightDecay,
  )
  const optimizer = await createLanguageOptimizer(engine, training, parameters)
  const scheduled = (step: number) => learningRateAt({ peak: learningRate, warmup, steps }, step)
  const { learningRateOf = scheduled, until } = setup
  return {
    size: transformer.size,
    optimizer,
    steps: steps + (until?.atMost ?? 0),
    async update(step) {
      const drawn = Array.from({ length: batch }, (_, i) => draw(texts.at(step * batch + i)))
      const loss = await optimizer.update(batchTexts(drawn, shape), learningRateOf(step))
      return { loss }
    },
    artifacts: (trained) => [
      { name: modelArtifact, bytes: encodeLanguageSnapshot({ spec: transformer.spec, parameters: trained }) },
    ],
    async isDone(done) {
      if (until === undefined || done < steps || (done - steps) % updatesPerReading !== 0) return false
      return (await until.reader.read(optimizer.parameters())) >= until.capability
    },
    dispose() {
      optimizer.dispose()
      until?.reader.dispose()
    },
  }
}
