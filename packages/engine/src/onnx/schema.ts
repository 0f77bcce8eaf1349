import protobuf from 'protobufjs/light.js'

/**
 * The messages of onnx.proto (ONNX 1.16) with their field numbers, as far as our graphs use them, or imported graphs
 * are checked for them.
 */
const messages = {
  ModelProto: {
    irVersion: [1, 'int64'],
    producerName: [2, 'string'],
    producerVersion: [3, 'string'],
    graph: [7, 'GraphProto'],
    opsetImport: [8, 'OperatorSetIdProto', 'repeated'],
    metadataProps: [14, 'StringStringEntryProto', 'repeated'],
    functions: [25, 'FunctionProto', 'repeated'],
  },
  FunctionProto: { name: [1, 'string'], node: [7, 'NodeProto', 'repeated'], domain: [10, 'string'] },
  OperatorSetIdProto: { domain: [1, 'string'], version: [2, 'int64'] },
  StringStringEntryProto: { key: [1, 'string'], value: [2, 'string'] },
  GraphProto: {
    node: [1, 'NodeProto', 'repeated'],
    name: [2, 'string'],
    initializer: [5, 'TensorProto', 'repeated'],
    input: [11, 'ValueInfoProto', 'repeated'],
    output: [12, 'ValueInfoProto', 'repeated'],
    sparseInitializer: [15, 'SparseTensorProto', 'repeated'],
  },
  NodeProto: {
    input: [1, 'string', 'repeated'],
    output: [2, 'string', 'repeated'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, 'AttributeProto', 'repeated'],
    domain: [7, 'string'],
  },
  AttributeProto: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    s: [4, 'bytes'],
    t: [5, 'TensorProto'],
    g: [6, 'GraphProto'],
    ints: [8, 'int64', 'repeated'],
    tensors: [10, 'TensorProto', 'repeated'],
    graphs: [11, 'GraphProto', 'repeated'],
    type: [20, 'int32'],
    sparseTensor: [22, 'SparseTensorProto'],
    sparseTensors: [23, 'SparseTensorProto', 'repeated'],
  },
  TensorProto: {
    dims: [1, 'int64', 'repeated'],
    dataType: [2, 'int32'],
    // Packed floats, little-endian, left as bytes: as numbers, those of an imported model would take eight times the memory.
    floatData: [4, 'bytes'],
    name: [8, 'string'],
    rawData: [9, 'bytes'],
    externalData: [13, 'StringStringEntryProto', 'repeated'],
    dataLocation: [14, 'int32'],
  },
  SparseTensorProto: { values: [1, 'TensorProto'], indices: [2, 'TensorProto'] },
  ValueInfoProto: { name: [1, 'string'], type: [2, 'TypeProto'] },
  TypeProto: { tensorType: [1, 'TensorTypeProto'] },
  TensorTypeProto: { elemType: [1, 'int32'], shape: [2, 'TensorShapeProto'] },
  TensorShapeProto: { dim: [1, 'DimensionProto', 'repeated'] },
  DimensionProto: { dimValue: [1, 'int64'], dimParam: [2, 'string'] },
} as const satisfies Record<string, Record<string, readonly [number, string, 'repeated'?]>>

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [name, { fields: fieldsOf(Object.entries(fields)) }]),
  ),
})

function fieldsOf(
  fields: readonly [string, readonly [number, string, 'repeated'?]][],
): Record<string, protobuf.IField> {
  return Object.fromEntries(
    fields.map(([name, [id, type, rule]]) => [name, { id, type, ...(rule === undefined ? {} : { rule }) }]),
  )
}

/** The bytes of a message, given as a plain object. */
export function encodeMessage(name: keyof typeof messages, message: Record<string, unknown>): Uint8Array {
  return root.lookupType(name).encode(message).finish()
}

/** A message as a plain object; fields that it does not know are skipped. Throws if the bytes are not one. */
export function decodeMessage(name: keyof typeof messages, bytes: Uint8Array): Record<string, unknown> {
  return root.lookupType(name).toObject(root.lookupType(name).decode(bytes), { defaults: true })
}
