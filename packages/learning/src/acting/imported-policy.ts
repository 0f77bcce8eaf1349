import {
  ImportedModelError,
  inspectModel,
  openImportedModel,
  stepOf,
  type ImportedModel,
  type ImportedModelOptions,
  type Precision,
  type Result,
} from '@goalpost/engine'
import { checkRows, findSizeDependence, type Probe, type RowCheck } from './check-rows.ts'
import { actingRules, greedyAction, type ActingRule } from './choose-action.ts'
import { hintAtScale } from './hint-at-scale.ts'
import { logitsRemedy, matchInterface, type ImportedInterface, type PolicyDemands } from './imported-interface.ts'
import type { ActingPolicy } from './policy.ts'

export type ImportedPolicyOptions = PolicyDemands &
  ImportedModelOptions & {
    /** Observations of fewer episodes are padded with zeros. */
    readonly batch: number
    /** Real observations of all worlds that it will act in, at least one: see `checkRows`. */
    readonly probe: Probe
  }

/** A policy from an ONNX file. */
export type ImportedPolicy = {
  readonly sampled: ActingPolicy
  readonly greedy: ActingPolicy
  /** Version of ONNX Runtime. */
  readonly build: string
  /** What the model is given, and whether it seems to expect other numbers. */
  readonly notes: readonly ImportedPolicyNote[]
  dispose(): Promise<void>
}

export type ImportedPolicyNote = { readonly level: 'info' | 'warn'; readonly message: string }

/**
 * An imported policy in its own process. Observations are passed on as bytes or as many floats, without
 * scaling. Its declaration is checked before it is loaded, and its answers to the probe before it is used.
 * @throws ImportedModelError
 */
export async function createImportedPolicy(file: Uint8Array, options: ImportedPolicyOptions): Promise<ImportedPolicy> {
  const { actions, batch, probe } = options
  const info = inspectModel(file)
  const wanted = matchInterface(info, options)
  const { model, evaluate, notes } = await openChecked(file, { options, wanted, precision: info.precision })
  const rows = wanted.batch ?? batch
  const acting = ({ choose, describe }: ActingRule): ActingPolicy => {
    let logits: Float32Array = new Float32Array(batch * actions)
    return {
      async act(observations, chosen, uniform) {
        logits = await evaluate(observations, chosen.length, rows)
        for (let slot = 0; slot < chosen.length; slot++)
          chosen[slot] = choose(logits, slot * actions, () => uniform(slot))
      },
      distribution: (slot, into) => describe(logits, slot * actions, into),
      begin() {},
    }
  }

  const rules = actingRules(actions)
  return {
    sampled: acting(rules.sampled),
    greedy: acting(rules.greedy),
    build: model.build,
    notes: [...hintAtScale({ ...wanted, ...probe, dividesBy255: info.dividesBy255 }), ...notes],
    dispose: () => model.dispose(),
  }
}

type Opening = {
  readonly options: ImportedPolicyOptions
  readonly wanted: ImportedInterface
  readonly precision: Precision
}
type Evaluate = ReturnType<typeof createEvaluation>
type Opened = {
  readonly model: ImportedModel
  readonly evaluate: Evaluate
  readonly notes: readonly ImportedPolicyNote[]
}

/** Batches of sizes that are not in use decide nothing: a model that they end is loaded again. */
async function openChecked(file: Uint8Array, { options, wanted, precision }: Opening): Promise<Opened> {
  const { actions, batch, probe, engine, secret = false } = options
  const open = async () => {
    const model = await openImportedModel(file, options)
    return { model, evaluate: createEvaluation(model, wanted, options) }
  }
  const opened = await open()
  const check: RowCheck = {
    ...probe,
    rows: wanted.batch ?? batch,
    actions,
    // CUDA multiplies matrices in TF32, whose fractions are as long as those of float16.
    step: Math.max(stepOf(precision.numbers), engine === 'onnx:cuda' ? stepOf('float16') : 0),
    quantizesDynamically: precision.quantizesDynamically,
    secret,
    evaluate: opened.evaluate,
  }
  try {
    await checkRows(check)
    if (wanted.batch !== null) return { ...opened, notes: [] }
    const { note, failed } = await checkSizes(check)
    const notes = note === null ? [] : [note]
    if (!failed) return { ...opened, notes }
    await opened.model.dispose()
    return { ...(await open()), notes }
  } catch (error) {
    await opened.model.dispose()
    throw error
  }
}

async function checkSizes(check: RowCheck): Promise<{ note: ImportedPolicyNote | null; failed: boolean }> {
  try {
    const difference = await findSizeDependence(check)
    return { note: difference === null ? null : warnOfSize(check, difference), failed: false }
  } catch (error) {
    if (!(error instanceof ImportedModelError)) throw error
    return { note: warnOfSize(check, error.message), failed: true }
  }
}

function warnOfSize({ rows }: RowCheck, found: string): ImportedPolicyNote {
  return {
    level: 'warn',
    message:
      `The answers of the model to batches of other sizes differ, or there are none: ${found}. ` +
      `All batches of this evaluation have ${rows} rows, so its numbers do not depend on that; with another size of the ` +
      'batch they would. Remedy: compute nothing from the size of the batch, or export the model with a fixed batch',
  }
}

/** Logits [count × actions] in batches of `rows`, as many as needed. */
function createEvaluation(model: ImportedModel, wanted: ImportedInterface, options: ImportedPolicyOptions) {
  const { actions, output, input, observation, secret = false } = options
  const feeds = new Map<number, ReturnType<typeof createFeed>>()
  return async (observations: Uint8Array, count: number, rows: number): Promise<Float32Array> => {
    const feed = feeds.get(rows) ?? createFeed(wanted, { observation, rows })
    feeds.set(rows, feed)
    const logits = new Float32Array(Math.ceil(count / rows) * rows * actions)
    for (let first = 0; first < count; first += rows) {
      const results = await model.run({ [input]: feed(observations, first) }, [output])
      logits.set(checkLogits(results[output], { rows, actions, output, secret }), first * actions)
    }
    return logits
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

type Expected = {
  readonly rows: number
  readonly actions: number
  readonly output: string
  /** Whether messages may not show logits, nor sizes that the model can compute. */
  readonly secret: boolean
}

/** A model's output may differ from its declaration. −∞ may exclude an action, but not all actions. */
function checkLogits(result: Result | undefined, { rows, actions, output, secret }: Expected): Float32Array {
  const { type, shape, data } = result ?? { type: 'nothing', shape: [], data: [] }
  if (!(data instanceof Float32Array) || shape.length !== 2 || shape[0] !== rows || shape[1] !== actions)
    throw new ImportedModelError(
      'model-refused',
      `The model does not fit: for ${rows} observations its output "${output}" is expected to be float32 [${rows}, ${actions}], ` +
        `and it is ${type} ${secret ? 'of another shape' : `[${shape.join(', ')}]`}. Remedy: ${type === 'float32' ? 'give one row of logits for each observation' : logitsRemedy(type)}`,
    )
  for (let row = 0; row < rows; row++) {
    const largest = data[row * actions + greedyAction(data, row * actions, actions)]
    const each = data.subarray(row * actions, (row + 1) * actions)
    if (Number.isFinite(largest) && !each.some(Number.isNaN)) continue
    throw new ImportedModelError(
      'model-failed',
      `The model returned ${secret ? 'logits' : `the logits ${each.join(', ')},`} from which no action can be chosen: ` +
        'logits must be finite, or −∞ for some',
    )
  }
  return data
}
