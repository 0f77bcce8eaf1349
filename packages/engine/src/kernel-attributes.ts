import { slice_util, util } from '@tensorflow/tfjs-core'
import type { NamedAttrMap } from '@tensorflow/tfjs-core'

/** The attributes that TensorFlow.js passes to a kernel besides tensors. They are untyped: these readers check them. */
export type Attributes = Readonly<NamedAttrMap>

type ImageShape = [number, number, number, number]
type Padding = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]]
type Rounding = 'floor' | 'round' | 'ceil'

export function numberIn(attributes: Attributes, name: string): number {
  const value = attributes[name]
  return typeof value === 'number' ? value : refuse(name, value, 'a number')
}

export function numbersIn(attributes: Attributes, name: string): number[] {
  const value = attributes[name]
  return isNumbers(value) ? value : refuse(name, value, 'a list of numbers')
}

/** Positions or sizes along each axis; one number is for the first axis. */
export function extentsIn(attributes: Attributes, name: string): number | number[] {
  return typeof attributes[name] === 'number' ? numberIn(attributes, name) : numbersIn(attributes, name)
}

/** As non-negative numbers; all axes if the attribute is null or left out. */
export function axesIn(attributes: Attributes, name: string, shape: readonly number[]): number[] {
  const all = shape.map((_size, i) => i)
  return util.parseAxisParam((attributes[name] ?? null) === null ? all : extentsIn(attributes, name), [...shape])
}

/** [before, after] for each axis. */
export function paddingsIn(attributes: Attributes, name: string): [number, number][] {
  const value = attributes[name]
  return isPairs(value) ? value : refuse(name, value, 'a list of pairs')
}

/** One number for both directions, or [vertical, horizontal]; 1 if the attribute is left out. */
export function stepsIn(attributes: Attributes, name: string): number | [number, number] {
  const value = attributes[name] ?? 1
  return typeof value === 'number' || isPair(value) ? value : refuse(name, value, 'one or two numbers')
}

export function windowIn(attributes: Attributes): { readonly pad: Padding; readonly rounding?: Rounding } {
  const { pad, dimRoundingMode: rounding } = attributes
  if (!isPadding(pad)) return refuse('pad', pad, 'a padding')
  if (rounding === undefined || rounding === null) return { pad }
  return isRounding(rounding) ? { pad, rounding } : refuse('dimRoundingMode', rounding, 'a way to round')
}

/** [batch, height, width, channels], or a filter's [height, width, from, to]. */
export function imageShape(shape: readonly number[]): ImageShape {
  return isImageShape(shape) ? shape : refuse('shape', shape, 'four numbers')
}

/** The elements that a StridedSlice takes from a tensor of that shape. */
export function stridedSliceIn(attributes: Attributes, shape: readonly number[]): slice_util.SliceInfo {
  return slice_util.sliceInfo(
    [...shape],
    numbersIn(attributes, 'begin'),
    numbersIn(attributes, 'end'),
    numbersIn(attributes, 'strides'),
    numberIn(attributes, 'beginMask'),
    numberIn(attributes, 'endMask'),
    numberIn(attributes, 'ellipsisMask'),
    numberIn(attributes, 'newAxisMask'),
    numberIn(attributes, 'shrinkAxisMask'),
  )
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number')
}

function isPair(value: unknown): value is [number, number] {
  return isNumbers(value) && value.length === 2
}

function isPairs(value: unknown): value is [number, number][] {
  return Array.isArray(value) && value.every(isPair)
}

function isImageShape(shape: readonly number[]): shape is ImageShape {
  return shape.length === 4
}

function isPadding(value: unknown): value is Padding {
  return value === 'same' || value === 'valid' || typeof value === 'number' || (isPairs(value) && value.length === 4)
}

function isRounding(value: unknown): value is Rounding {
  return value === 'floor' || value === 'round' || value === 'ceil'
}

function refuse(name: string, value: unknown, wanted: string): never {
  throw new TypeError(`the kernel's attribute ${name} is ${JSON.stringify(value)}, not ${wanted}`)
}
