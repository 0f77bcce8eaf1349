/** A node of a graph, as far as constants are followed through it. */
export type ConstantUser = {
  readonly opType?: string
  readonly input?: readonly string[]
  readonly output?: readonly string[]
  readonly attribute?: readonly {
    readonly name?: string
    readonly f?: number
    readonly t?: ConstantTensor | null
  }[]
}

export type ConstantTensor = {
  readonly name?: string
  readonly dataType?: number
  readonly rawData?: Uint8Array
  /** Packed floats, in place of raw data. */
  readonly floatData?: Uint8Array
}

type Nodes = { readonly node?: readonly ConstantUser[]; readonly initializer?: readonly ConstantTensor[] }

/** Operators that pass a constant on. */
const passing = ['Identity', 'Cast', 'CastLike', 'Unsqueeze', 'Reshape', 'Expand']

/**
 * Whether a graph divides by 255, or multiplies by 1/255, as models do whose observations are pixels from 0 to 255.
 * A guess from the constants of the file: models can scale in other ways.
 */
export function dividesBy255({ node: nodes = [], initializer = [] }: Nodes): boolean {
  const names = new Set(initializer.filter(isScale).map(({ name }) => name ?? ''))
  for (const { opType = '', input = [], output = [], attribute = [] } of nodes) {
    const [first = '', second = ''] = input
    if (opType === 'Div' && names.has(second)) return true
    if (opType === 'Mul' && (names.has(first) || names.has(second))) return true
    const constant = opType === 'Constant' && attribute.some(({ t, f = 0 }) => (t ? isScale(t) : isScaleNumber(f)))
    if (constant || (passing.includes(opType) && names.has(first))) for (const name of output) names.add(name)
  }
  return false
}

/** One number for all channels, or the same for each. */
function isScale(tensor: ConstantTensor): boolean {
  const numbers = numbersOf(tensor)
  return numbers.length > 0 && numbers.every(isScaleNumber)
}

function isScaleNumber(value: number): boolean {
  return value === 255 || Math.abs(value * 255 - 1) < 1e-5
}

const maxChannels = 16

/** Elements by TensorProto.DataType, whose raw bytes are little-endian; none of large tensors and of other types. */
function numbersOf({ dataType = 0, rawData, floatData }: ConstantTensor): readonly number[] {
  const reader = readers[dataType]
  const bytes = rawData?.length ? rawData : dataType === float32 ? floatData : undefined
  if (reader === undefined || !bytes?.length) return []
  const count = bytes.byteLength / reader.bytes
  if (!Number.isInteger(count) || count > maxChannels) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: count }, (_, i) => reader.read(view, i * reader.bytes))
}

const float32 = 1

type Reader = { readonly bytes: number; read(view: DataView, at: number): number }

const readers: Readonly<Record<number, Reader>> = {
  1: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  6: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  7: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  11: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
}
