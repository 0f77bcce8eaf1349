import type { Elements, TensorSpec } from './engine.ts'

/** @throws RangeError where an array does not fill its shape, TypeError where it is of another type. */
export function checkElements(values: Elements, spec: TensorSpec, label: string): void {
  if (!(values instanceof arrayTypes[spec.type]))
    throw new TypeError(`${label} is a ${values.constructor.name}, ${spec.type} was compiled`)
  const needed = elementsOf(spec)
  if (values.length !== needed)
    throw new RangeError(`${label} has ${values.length} elements, its shape [${spec.shape.join()}] needs ${needed}`)
}

/** @throws RangeError where an engine's tensor is not what was compiled. */
export function checkTensor(given: TensorSpec, spec: TensorSpec, label: string): void {
  if (given.type !== spec.type || given.shape.join() !== spec.shape.join())
    throw new RangeError(
      `${label} is ${given.type} [${given.shape.join()}], ${spec.type} [${spec.shape.join()}] was compiled`,
    )
}

export function elementsOf({ shape }: Pick<TensorSpec, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1)
}

export const arrayTypes = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const
