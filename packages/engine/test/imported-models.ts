import { encodeMessage } from '../src/onnx/schema.ts'

type Message = Record<string, unknown>

const float = 1
const int64 = 7
const boolean = 9

export const port = (name: string, dims: readonly (number | string)[], elemType = float): Message => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: dims.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size })) },
    },
  },
})

export const node = (opType: string, input: readonly string[], output: readonly string[], rest: Message = {}) => ({
  opType,
  name: `${opType}_${output.join('_')}`,
  domain: '',
  input,
  output,
  ...rest,
})

export function integers(name: string, values: readonly number[], dims: readonly number[] = [values.length]): Message {
  return { name, dims, dataType: int64, rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) }
}

/** A model with the given graph, as written by other programs. */
export function encodeGraph(graph: Message, rest: Message = {}): Uint8Array {
  return encodeMessage('ModelProto', {
    irVersion: 9,
    producerName: 'elsewhere',
    opsetImport: [{ domain: '', version: 18 }],
    graph: { name: 'graph', ...graph },
    ...rest,
  })
}

const through = { input: [port('x', ['n', 2])], output: [port('y', ['n', 2])] }

/** y = −x */
export const negation = (): Uint8Array => encodeGraph({ ...through, node: [node('Neg', ['x'], ['y'])] })

/** y = x after `rounds` rounds of x + 0, each of which also writes `numbers` floats. */
export function busyLoop(rounds: number, numbers: number): Uint8Array {
  const body: Message = {
    name: 'body',
    input: [port('i', [], int64), port('go', [], boolean), port('before', ['n', 2])],
    output: [port('goes', [], boolean), port('after', ['n', 2])],
    initializer: [integers('size', [numbers]), integers('first', [0], []), integers('axis', [0])],
    node: [
      node('Identity', ['go'], ['goes']),
      node('ReduceMean', ['before'], ['number'], { attribute: [{ name: 'keepdims', i: 0, type: 2 }] }),
      node('Expand', ['number', 'size'], ['large']),
      node('Exp', ['large'], ['larger']),
      node('Gather', ['larger', 'first'], ['one']),
      node('Sub', ['one', 'one'], ['zero']),
      node('Add', ['before', 'zero'], ['after']),
    ],
  }
  return encodeGraph({
    ...through,
    initializer: [
      integers('rounds', [rounds], []),
      { name: 'true', dims: [], dataType: boolean, rawData: Uint8Array.of(1) },
    ],
    node: [node('Loop', ['rounds', 'true', 'x'], ['y'], { attribute: [{ name: 'body', g: body, type: 5 }] })],
  })
}
