import { decodeMessage } from '../onnx/schema.ts'
import { describePrecision, type Precision } from './describe-precision.ts'
import { dividesBy255, type ConstantTensor, type ConstantUser } from './divides-by-255.ts'
import { ImportedModelError } from './imported-model-error.ts'

/** An input or output declared in the file. */
export type Port = {
  readonly name: string
  /** ONNX's name, e.g. `float32`; `other` if it is not a tensor of numbers. */
  readonly type: string
  /** Symbolic sizes by their names, unnamed ones as `?`; null if the file does not fix the rank. */
  readonly shape: readonly (number | string)[] | null
}

export type ModelInfo = {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly metadata: Readonly<Record<string, string>>
  /** Whether it divides something by 255, which suggests that it expects pixels from 0 to 255. */
  readonly dividesBy255: boolean
  readonly precision: Precision
}

/** Operators included in ONNX Runtime. */
const knownDomains = ['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']

/**
 * Reads the declarations of an imported model without running it.
 * @throws ImportedModelError `model-refused` if the bytes are not an ONNX model, if tensors are in other files (whose
 * paths the model could choose), or if operators are not ONNX Runtime's own.
 */
export function inspectModel(bytes: Uint8Array): ModelInfo {
  const { graph, functions, metadataProps } = decode(bytes)
  const graphs = withSubgraphs([graph, ...functions])
  refuseExternalData(graphs)
  refuseCustomOperators(graphs, functions)
  const initializers = new Set(graph.initializer?.map(({ name }) => name))
  return {
    inputs: (graph.input ?? []).filter(({ name }) => !initializers.has(name)).map(portOf),
    outputs: (graph.output ?? []).map(portOf),
    metadata: Object.fromEntries(metadataProps.map(({ key, value }) => [key, value])),
    dividesBy255: graphs.some(dividesBy255),
    precision: describePrecision(graphs),
  }
}

function decode(bytes: Uint8Array): Model {
  let model: Partial<Model>
  try {
    model = decodeMessage('ModelProto', bytes) as Partial<Model>
  } catch (cause) {
    throw notAModel(cause)
  }
  const { graph, functions = [], metadataProps = [] } = model
  // An empty file and many texts are valid messages without fields.
  if (!graph || (graph.output ?? []).length === 0) throw notAModel()
  return { graph, functions, metadataProps }
}

function notAModel(cause?: unknown): ImportedModelError {
  return new ImportedModelError(
    'model-refused',
    'The file is not an ONNX model: export one with torch.onnx.export, tf2onnx or the like',
    { cause },
  )
}

/** Includes functions of the model, and the graphs inside operators such as If and Loop. */
function withSubgraphs(roots: readonly NodeHolder[]): readonly NodeHolder[] {
  const found: NodeHolder[] = []
  const open = [...roots]
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    found.push(holder)
    const attributes = (holder.node ?? []).flatMap(({ attribute }) => attribute ?? [])
    open.push(...attributes.flatMap(({ g, graphs }) => [...(g ? [g] : []), ...(graphs ?? [])]))
  }
  return found
}

const external = 1

function refuseExternalData(graphs: readonly NodeHolder[]): void {
  const tensors = graphs.flatMap(({ initializer, sparseInitializer, node }) => [
    ...(initializer ?? []),
    ...(sparseInitializer ?? []).flatMap(partsOf),
    ...(node ?? []).flatMap(({ attribute }) => (attribute ?? []).flatMap(tensorsOf)),
  ])
  const outside = tensors.find(({ dataLocation, externalData }) => dataLocation === external || externalData?.length)
  if (outside === undefined) return
  throw new ImportedModelError(
    'model-refused',
    `The model keeps the tensor ${shown(outside.name ?? '')} in another file, and only one file is accepted: ` +
      'save it with its data inside (onnx.save_model(model, path, save_as_external_data=False))',
  )
}

function tensorsOf({ t, tensors, sparseTensor, sparseTensors }: Attribute): readonly Tensor[] {
  const sparse = [...(sparseTensor ? [sparseTensor] : []), ...(sparseTensors ?? [])]
  return [...(t ? [t] : []), ...(tensors ?? []), ...sparse.flatMap(partsOf)]
}

function partsOf({ values, indices }: SparseTensor): Tensor[] {
  return [values, indices].filter((part) => part !== undefined && part !== null)
}

/** Functions that a model defines, as PyTorch's exporter does, must consist of known operators. */
function refuseCustomOperators(graphs: readonly NodeHolder[], functions: readonly ModelFunction[]): void {
  const own = new Set(functions.map(({ domain, name }) => `${domain}::${name}`))
  for (const { domain = '', opType = '' } of graphs.flatMap(({ node }) => node ?? [])) {
    if (knownDomains.includes(domain) || own.has(`${domain}::${opType}`)) continue
    throw new ImportedModelError(
      'model-refused',
      `The model uses the custom operator ${shown(`${domain}::${opType}`)}: ` +
        'only operators of ONNX and ONNX Runtime are accepted',
    )
  }
}

/** TensorProto.DataType of the ONNX specification. */
const elementTypes: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
}

function portOf({ name, type }: ValueInfo): Port {
  const { elemType = 0, shape } = type?.tensorType ?? {}
  return {
    name: name ?? '',
    type: elementTypes[elemType] ?? 'other',
    shape: shape?.dim?.map(({ dimParam, dimValue }) => dimParam || Number(dimValue) || '?') ?? null,
  }
}

/** Names in a file are untrusted: quoted and cut. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 80))
}

type Tensor = ConstantTensor & { readonly dataLocation?: number; readonly externalData?: readonly unknown[] }
type SparseTensor = { readonly values?: Tensor | null; readonly indices?: Tensor | null }
type Attribute = {
  readonly name?: string
  readonly f?: number
  readonly i?: unknown
  readonly t?: Tensor | null
  readonly g?: NodeHolder | null
  readonly tensors?: readonly Tensor[]
  readonly graphs?: readonly NodeHolder[]
  readonly sparseTensor?: SparseTensor | null
  readonly sparseTensors?: readonly SparseTensor[]
}
type ModelNode = ConstantUser & { readonly domain?: string; readonly attribute?: readonly Attribute[] }
type NodeHolder = {
  readonly node?: readonly ModelNode[]
  readonly initializer?: readonly Tensor[]
  readonly sparseInitializer?: readonly SparseTensor[]
}
type ModelFunction = NodeHolder & { readonly name?: string; readonly domain?: string }
type ValueInfo = {
  readonly name?: string
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number
      readonly shape?: { readonly dim?: readonly { dimParam?: string; dimValue?: unknown }[] } | null
    } | null
  } | null
}
type Model = {
  readonly graph: NodeHolder & { readonly input?: readonly ValueInfo[]; readonly output?: readonly ValueInfo[] }
  readonly functions: readonly ModelFunction[]
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[]
}
