import * as tf from '@tensorflow/tfjs-core'
import type { Elements, TensorFunction, TensorSpecs } from '../engine.ts'
import { checkElements } from '../inputs.ts'
import { prepareRecording, record } from '../recording/recorder.ts'
import { encodeModel } from './model.ts'
import { joinRecordings } from './symbolic-batch.ts'

export type ExportOptions = {
  /** Inputs whose values are known, such as parameters: they go into the file under their names, as initializers. */
  readonly constants?: Readonly<Record<string, Elements>>
  readonly metadata?: Readonly<Record<string, string>>
  /** What the file calls the size of the first dimension of all other inputs, and of all outputs; `batch` unless given. */
  readonly batch?: string
}

/** Primes larger than most sizes: a batch that equals another size would hide which of the two an operator means. */
const recordedBatches = [31, 37, 41]

/**
 * The bytes of a standalone ONNX model (opset 18, ONNX's own operators) that computes a pure function for any batch.
 *
 * specs: all inputs of `fn`. The first dimension of those that are not constants is the batch, whatever size it is given.
 * Equal functions, constants and metadata give equal bytes. Throws UnmappedOperation where the function uses what cannot be
 * recorded, a TypeError where it is not the same function at every batch.
 */
export async function exportModel(
  fn: TensorFunction,
  specs: TensorSpecs,
  { constants = {}, metadata = {}, batch = 'batch' }: ExportOptions = {},
): Promise<Uint8Array> {
  for (const [name, values] of Object.entries(constants)) checkElements(values, specs[name], `the constant ${name}`)
  const rows = Object.keys(specs).filter((name) => !(name in constants))
  if (rows.length === 0) throw new TypeError('a model without inputs has no batch')
  const sized = await recordEach((size) => record(fn, withBatch(specs, rows, size)))
  const { constants: initializers, ...joined } = joinRecordings(sized, { rows, known: constants })
  return encodeModel(joined, { metadata, batch, names: initializers })
}

/** Leaves TensorFlow.js on the backend that it was on. */
async function recordEach<Recorded>(
  recordAt: (batch: number) => Recorded,
): Promise<{ batch: number; recording: Recorded }[]> {
  const before = tf.getBackend()
  await prepareRecording()
  try {
    return recordedBatches.map((batch) => ({ batch, recording: recordAt(batch) }))
  } finally {
    if (before) void tf.setBackend(before)
  }
}

function withBatch(specs: TensorSpecs, rows: readonly string[], batch: number): TensorSpecs {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, type }]) => [
      name,
      { shape: rows.includes(name) ? [batch, ...shape.slice(1)] : shape, type },
    ]),
  )
}
