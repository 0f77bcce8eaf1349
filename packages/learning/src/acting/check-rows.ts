import { ImportedModelError } from '@goalpost/engine'
import { findDifference, type Difference } from './compare-logits.ts'

/** Real observations of an environment, one after the other. */
export type Probe = { readonly observations: Uint8Array; readonly count: number }

export type RowCheck = Probe & {
  /** Rows of the batches that will be evaluated. */
  readonly rows: number
  readonly actions: number
  /** The distance between neighbouring numbers of the model, as a share of them. */
  readonly step: number
  /** Whether the model quantizes by what is in the batch. */
  readonly quantizesDynamically: boolean
  /** Whether messages may not show numbers that the model computed. */
  readonly secret: boolean
  /** Logits [count × actions] of the observations, in batches of `size` rows that are filled up with zeros. */
  evaluate(observations: Uint8Array, count: number, size: number): Promise<Float32Array>
}

/** The observation in each row of a batch, by number; null: zeros. */
type Arrangement = readonly (number | null)[]
type Answer = { readonly arrangement: Arrangement; readonly logits: Float32Array }

/** Observations that are also evaluated alone. */
const alone = 2

/**
 * Evaluates real observations twice, among other rows and in other places, in batches of the size in use. All numbers
 * of an evaluation assume that an observation decides its logits: a model whose answers depend on more than the row
 * would be judged by an accident of how it was evaluated.
 * @throws ImportedModelError `model-refused`, with what the answers depend on
 */
export async function checkRows(check: RowCheck): Promise<void> {
  const { count, rows } = check
  if (count === 0) return
  const full = fullBatches(check)
  const first = await ask(check, full)
  const compare = (other: Answer, reason: Reason) => {
    const difference = compareAnswers(check, { first, other, moved: reason === 'place' })
    if (difference !== null) throw refuse(check, reason, difference)
  }
  compare(await ask(check, full), 'chance')
  for (let row = 0; row < Math.min(alone, count, rows) && rows > 1; row++) {
    const others = full.slice(0, rows).map((observation, at) => (at === row ? observation : null))
    compare(await ask(check, others), 'others')
  }
  if (rows > 1) compare(await ask(check, full.toReversed()), 'place')
}

/**
 * Evaluates real observations in batches of two sizes that are not in use. Returns what differs, null if nothing does:
 * no number of this evaluation depends on it, but those of one with another size of the batch would.
 * @throws ImportedModelError if the model cannot compute a batch of such a size
 */
export async function findSizeDependence(check: RowCheck): Promise<string | null> {
  const { count, rows } = check
  if (count === 0) return null
  const full = fullBatches(check)
  const first = await ask(check, full)
  const others: readonly (readonly [Arrangement, number])[] = [
    ...(rows > 1 ? ([[[0], 1]] as const) : []),
    [[...full.slice(0, rows), null], rows + 1],
  ]
  for (const [arrangement, size] of others) {
    const difference = compareAnswers(check, { first, other: await ask(check, arrangement, size), moved: false })
    if (difference !== null) return `in a batch of ${size}, ${describe(check, difference)}`
  }
  return null
}

/** As many full batches as hold every observation. */
function fullBatches({ count, rows }: RowCheck): Arrangement {
  return Array.from({ length: Math.ceil(count / rows) * rows }, (_, row) => row % count)
}

async function ask(check: RowCheck, arrangement: Arrangement, size = check.rows): Promise<Answer> {
  const logits = await check.evaluate(arrange(check, arrangement), arrangement.length, size)
  return { arrangement, logits }
}

function arrange({ observations, count }: Probe, arrangement: Arrangement): Uint8Array {
  const size = observations.length / count
  const batch = new Uint8Array(arrangement.length * size)
  arrangement.forEach((number, row) => {
    if (number !== null) batch.set(observations.subarray(number * size, (number + 1) * size), row * size)
  })
  return batch
}

type Comparison = {
  readonly first: Answer
  readonly other: Answer
  /** Whether observations are in other rows of `other`. */
  readonly moved: boolean
}

function compareAnswers({ actions, step }: RowCheck, { first, other, moved }: Comparison): Difference | null {
  const rows = other.arrangement.flatMap((observation, row) => {
    if (observation === null) return []
    return [{ first: moved ? first.arrangement.indexOf(observation) : row, other: row }]
  })
  return findDifference({ first: first.logits, other: other.logits, actions, rows, step })
}

type Reason = keyof typeof reasons

const inference = 'export it in inference mode (in PyTorch: `policy.eval()` before `torch.onnx.export`)'

const reasons = {
  chance: {
    dependsOn: 'on chance: evaluated twice in the same batch',
    remedy: `${inference}, so that dropout and noise are off, and return logits without drawing from them: actions are drawn later`,
  },
  others: {
    dependsOn: 'on the other rows of the batch: evaluated among other observations',
    remedy: `${inference}, so that batch normalization uses its stored statistics, and compute nothing over the axis of the batch`,
  },
  place: {
    dependsOn: 'on its place in the batch: evaluated in another row',
    remedy: 'compute every row in the same way, and let no reshape move elements between rows',
  },
} as const

const quantizeStatically =
  'the model is quantized dynamically, with a scale from all rows of the batch: quantize it statically ' +
  '(`onnxruntime.quantization.quantize_static`), or export it without quantization'

function refuse(check: RowCheck, reason: Reason, difference: Difference): ImportedModelError {
  const { dependsOn, remedy } = reasons[reason]
  return new ImportedModelError(
    'model-refused',
    `The answer of the model to an observation depends ${dependsOn}, ${describe(check, difference)}. ` +
      'An evaluation needs logits that depend on nothing but the observation. ' +
      `Remedy: ${check.quantizesDynamically && reason !== 'chance' ? quantizeStatically : remedy}`,
  )
}

function describe({ secret }: RowCheck, { action, first, other }: Difference): string {
  // Even which action it is would say something about a secret level.
  if (secret) return 'it has other logits (not shown, since a suite is secret)'
  return `the logit of action ${action} is ${shown(first)} below the largest one, and then ${shown(other)}`
}

const shown = (distance: number): string => String(Number(distance.toPrecision(6)))
