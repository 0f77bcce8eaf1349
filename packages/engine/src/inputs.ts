import type { Elements, TensorSpec } from './engine.ts'

/** @throws RangeError if an array does not fill its shape, TypeError if it has another type. */
export function checkElements(values: Elements, spec: TensorSpec, label: string): void {
  if (!(values instanceof arrayTypes[spec.type]))
    throw new TypeError(`${label} is a ${values.constructor.name}, but ${spec.type} was compiled`)
  const needed = elementsOf(spec)
  if (values.length !== needed)
    throw new RangeError(`${label} has ${values.length} elements, its shape [${spec.shape.join()}] needs ${needed}`)
}

/** @throws RangeError if an engine's tensor does not match the compiled function. */
export function checkTensor(given: TensorSpec, spec: TensorSpec, label: string): void {
  if (given.type !== spec.type || given.shape.join() !== spec.shape.join())
    throw new RangeError(
      `${label} is ${given.type} [${given.shape.join()}], ${spec.type} [${spec.shape.join()}] was compiled`,
    )
}

export function elementsOf({ shape }: Pick<TensorSpec, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Whether an array from a library has a type that engines use. */
export function isElements(values: unknown): values is Elements {
  return values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array
}

/** @throws TypeError if a library returned numbers of another type. */
export function elementsIn(values: unknown): Elements {
  if (isElements(values)) return values
  throw new TypeError('the values are neither float32, int32 nor uint8')
}

export const arrayTypes = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const
