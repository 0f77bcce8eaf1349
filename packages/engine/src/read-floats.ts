import type { EngineTensor } from './engine.ts'

/** Copies the elements of a float32 tensor out, row-major. */
export async function readFloats(tensor: EngineTensor): Promise<Float32Array> {
  const values = await tensor.data()
  if (values instanceof Float32Array) return values
  throw new TypeError(`the tensor is ${tensor.spec.type}, not float32`)
}
