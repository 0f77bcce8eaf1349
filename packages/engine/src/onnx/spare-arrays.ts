import type { Elements, TensorSpec } from '../engine.ts'
import { arrayTypes, elementsOf } from '../inputs.ts'

/** Unused arrays, reused as outputs: parameters, which every update replaces, then make no garbage. */
export type SpareArrays = { take(spec: TensorSpec): Elements; keep(array: Elements): void }

export function createSpareArrays(): SpareArrays {
  const kept = new Map<string, Elements[]>()
  const shelf = (type: string, length: number) => {
    const key = `${type} ${length}`
    const before = kept.get(key)
    if (before !== undefined) return before
    const made: Elements[] = []
    kept.set(key, made)
    return made
  }
  return {
    take: (spec) => shelf(spec.type, elementsOf(spec)).pop() ?? new arrayTypes[spec.type](elementsOf(spec)),
    keep: (array) => void shelf(typeOf(array), array.length).push(array),
  }
}

function typeOf(array: Elements): string {
  return array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'uint8'
}
