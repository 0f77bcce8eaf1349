import { ImportedModelError, type ModelInfo, type Port } from '@goalpost/engine'
import type { ImageShape } from '../networks/network-spec.ts'

/** The interface that an imported policy must fit. */
export type PolicyDemands = {
  readonly observation: ImageShape
  readonly actions: number
  /** The model's names for its observations and its logits. */
  readonly input: string
  readonly output: string
}

/** The layout of an imported policy's observations. */
export type ImportedInterface = {
  readonly type: 'uint8' | 'float32'
  /** `channels-first`: [batch, channels, height, width], as in PyTorch. */
  readonly layout: 'channels-last' | 'channels-first'
  /** The only number of rows that the model accepts; null if it accepts any. */
  readonly batch: number | null
}

/**
 * Checks names, types and shapes that a model declares.
 * @throws ImportedModelError `model-refused` for the first mismatch, with the expected and the actual value and a
 * remedy.
 */
export function matchInterface({ inputs, outputs }: ModelInfo, demands: PolicyDemands): ImportedInterface {
  checkOutput(findOutput(outputs, demands.output), demands)
  return readInput(findInput(inputs, demands.input), demands)
}

function findInput(inputs: readonly Port[], name: string): Port {
  const [input] = inputs
  if (input === undefined || inputs.length > 1)
    throw refuse(
      `one input, the observation, is expected, but the model has ${inputs.length}${listed(inputs)}`,
      'export a policy without memory, with its other inputs as constants',
    )
  if (input.name === name) return input
  throw refuse(
    `an input ${quoted(name)} is expected, but the model's input is ${quoted(input.name)}`,
    `add \`input: ${input.name}\` to the policy in the spec, or export with input_names=[${quoted(name)}]`,
  )
}

function findOutput(outputs: readonly Port[], name: string): Port {
  const output = outputs.find((candidate) => candidate.name === name)
  if (output !== undefined) return output
  throw refuse(
    `an output ${quoted(name)} is expected, but the model's outputs are${listed(outputs)}`,
    `name the one with the logits in \`output:\` of the policy in the spec, or export with output_names=[${quoted(name)}]`,
  )
}

function readInput({ name, type, shape }: Port, { observation }: PolicyDemands): ImportedInterface {
  if (type !== 'uint8' && type !== 'float32')
    throw refuse(
      `the input ${quoted(name)} is expected to be uint8 or float32, but is ${type}`,
      `export the model with an input of one of these types, and convert to ${type} inside it`,
    )
  const [height, width, channels] = observation
  const sizes = shape ?? ['batch', ...observation]
  const batch = typeof sizes[0] === 'number' ? sizes[0] : null
  if (fits(sizes, observation)) return { type, batch, layout: 'channels-last' }
  if (fits(sizes, [channels, height, width])) return { type, batch, layout: 'channels-first' }
  const expected = `[batch, ${observation.join(', ')}] or [batch, ${channels}, ${height}, ${width}]`
  throw refuse(
    `the input ${quoted(name)} is expected to have the shape ${expected}, but has [${sizes.map(shownSize).join(', ')}]`,
    'the environment shows this observation; reshape inside the model, or change the parameters of the environment',
  )
}

function checkOutput({ name, type, shape }: Port, { actions }: PolicyDemands): void {
  if (type !== 'float32')
    throw refuse(`the output ${quoted(name)} is expected to be float32, but is ${type}`, logitsRemedy(type))
  if (shape === null || fits(shape, [actions])) return
  throw refuse(
    `the output ${quoted(name)} is expected to have the shape [batch, ${actions}], one logit for each action, and it has ` +
      `[${shape.map(shownSize).join(', ')}]`,
    'the environment has these actions; the catalog lists them in their order',
  )
}

/** What to do about logits of another type: numbers of another precision need a cast, and integers are not logits. */
export function logitsRemedy(type: string): string {
  if (!['float16', 'bfloat16', 'float64'].includes(type)) return 'output the logits of all actions, not a chosen action'
  return (
    'convert the logits to float32 at the end of the model (PyTorch: `return logits.float()`; JAX and NumPy: ' +
    '`logits.astype("float32")`; in the file: a node Cast with to=1), and leave the rest as it is'
  )
}

/** Whether the sizes after the first, which is the batch, match one row, as far as the model declares them. */
function fits([batch, ...sizes]: readonly (number | string)[], row: readonly number[]): boolean {
  return (
    batch !== undefined &&
    sizes.length === row.length &&
    sizes.every((size, i) => typeof size === 'string' || size === row[i])
  )
}

function refuse(mismatch: string, remedy: string): ImportedModelError {
  return new ImportedModelError('model-refused', `The model does not fit: ${mismatch}. Remedy: ${remedy}`)
}

function listed(ports: readonly Port[]): string {
  return ports.length === 0 ? ' none' : ` (${ports.map(({ name }) => quoted(name)).join(', ')})`
}

/** Names in a file are untrusted: quoted and cut. */
function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 80))
}

function shownSize(size: number | string): string {
  return String(size).slice(0, 80)
}
