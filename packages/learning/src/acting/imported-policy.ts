import {
  ImportedModelError,
  inspectModel,
  openImportedModel,
  type ImportedModelOptions,
  type Result,
} from '@goalpost/engine'
import { product } from '../networks/parameters.ts'
import { actingRules, greedyAction, type ActingRule } from './choose-action.ts'
import { matchInterface, type ImportedInterface, type PolicyDemands } from './imported-interface.ts'
import type { ActingPolicy } from './policy.ts'

export type ImportedPolicyOptions = PolicyDemands &
  ImportedModelOptions & {
    /** Observations of fewer episodes are padded with zeros. */
    readonly batch: number
  }

/** A policy from an ONNX file. */
export type ImportedPolicy = {
  readonly sampled: ActingPolicy
  readonly greedy: ActingPolicy
  /** Version of ONNX Runtime. */
  readonly build: string
  dispose(): Promise<void>
}

/**
 * An imported policy in its own process. Observations are passed on as bytes or as many floats, without
 * scaling. Its declaration is checked before it is loaded, and its output on a batch of zeros before it is used.
 * @throws ImportedModelError
 */
export async function createImportedPolicy(file: Uint8Array, options: ImportedPolicyOptions): Promise<ImportedPolicy> {
  const { actions, output, input, observation } = options
  const wanted = matchInterface(inspectModel(file), options)
  const model = await openImportedModel(file, options)
  const rows = wanted.batch ?? options.batch
  const feed = createFeed(wanted, { observation, rows })

  /** Logits [count × actions], in as many runs as needed. */
  async function evaluate(observations: Uint8Array, count: number): Promise<Float32Array> {
    const logits = new Float32Array(Math.ceil(count / rows) * rows * actions)
    for (let first = 0; first < count; first += rows) {
      const results = await model.run({ [input]: feed(observations, first) }, [output])
      logits.set(checkLogits(results[output], { rows, actions, output }), first * actions)
    }
    return logits
  }

  const acting = ({ choose, describe }: ActingRule): ActingPolicy => {
    let logits: Float32Array = new Float32Array(options.batch * actions)
    return {
      async act(observations, chosen, uniform) {
        logits = await evaluate(observations, chosen.length)
        for (let slot = 0; slot < chosen.length; slot++)
          chosen[slot] = choose(logits, slot * actions, () => uniform(slot))
      },
      distribution: (slot, into) => describe(logits, slot * actions, into),
      begin() {},
    }
  }

  const rules = actingRules(actions)
  try {
    await evaluate(new Uint8Array(rows * product(observation)), rows)
  } catch (error) {
    await model.dispose()
    throw error
  }
  return {
    sampled: acting(rules.sampled),
    greedy: acting(rules.greedy),
    build: model.build,
    dispose: () => model.dispose(),
  }
}

type Rows = { readonly observation: PolicyDemands['observation']; readonly rows: number }

/** Lays rows out in the model's format, starting with the first; missing rows stay zero. */
function createFeed({ type, layout }: ImportedInterface, { observation, rows }: Rows) {
  const [height, width, channels] = observation
  const cells = height * width
  const size = cells * channels
  const data = type === 'uint8' ? new Uint8Array(rows * size) : new Float32Array(rows * size)
  const shape = layout === 'channels-last' ? [rows, height, width, channels] : [rows, channels, height, width]
  return (observations: Uint8Array, first: number) => {
    const given = observations.subarray(first * size, (first + rows) * size)
    data.fill(0)
    if (layout === 'channels-last') data.set(given)
    else
      for (let i = 0; i < given.length; i++) {
        const [row, within] = [Math.floor(i / size), i % size]
        data[row * size + (within % channels) * cells + Math.floor(within / channels)] = given[i]
      }
    return { type, data, shape }
  }
}

type Expected = { readonly rows: number; readonly actions: number; readonly output: string }

/** A model's output may differ from its declaration. −∞ may exclude an action, but not all actions. */
function checkLogits(result: Result | undefined, { rows, actions, output }: Expected): Float32Array {
  const { type, shape, data } = result ?? { type: 'nothing', shape: [], data: [] }
  if (!(data instanceof Float32Array) || shape.length !== 2 || shape[0] !== rows || shape[1] !== actions)
    throw new ImportedModelError(
      'model-refused',
      `The model does not fit: for ${rows} observations its output "${output}" is expected to be float32 [${rows}, ${actions}], ` +
        `and it is ${type} [${shape.join(', ')}]. Remedy: give one row of logits for each observation`,
    )
  for (let row = 0; row < rows; row++) {
    const largest = data[row * actions + greedyAction(data, row * actions, actions)]
    const each = data.subarray(row * actions, (row + 1) * actions)
    if (Number.isFinite(largest) && !each.some(Number.isNaN)) continue
    throw new ImportedModelError(
      'model-failed',
      `The model returned the logits ${each.join(', ')}, from which no action can be chosen: logits must be finite, or −∞ for some`,
    )
  }
  return data
}
