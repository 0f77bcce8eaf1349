import * as tf from '@tensorflow/tfjs-core'
import type { Elements, TensorFunction, TensorSpecs } from '../engine.ts'
import { checkElements } from '../inputs.ts'
import { prepareRecording, record } from '../recording/recorder.ts'
import { encodeModel } from './model.ts'
import { joinRecordings } from './symbolic-batch.ts'

export type ExportOptions = {
  /** Inputs with known values, such as parameters: they are initializers in the file, under their names. */
  readonly constants?: Readonly<Record<string, Elements>>
  readonly metadata?: Readonly<Record<string, string>>
  /** The file's name for the first dimension of all other inputs, and of all outputs; `batch` by default. */
  readonly batch?: string
}

/** Primes larger than most sizes: if a batch equals another size, the two cannot be distinguished in operators. */
const recordedBatches = [31, 37, 41]

/**
 * The bytes of a standalone ONNX model (opset 18, ONNX's own operators) that computes a pure function for any batch.
 *
 * specs: all inputs of `fn`. The first dimension of those that are not constants is the batch, with any size.
 * Equal functions, constants and metadata give equal bytes. Throws UnmappedOperation if an operation cannot be
 * recorded, a TypeError if the function differs by batch.
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

/** Restores the backend of TensorFlow.js. */
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
