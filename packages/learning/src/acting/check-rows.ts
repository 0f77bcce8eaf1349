import { ImportedModelError } from '@goalpost/engine'

/** Real observations of an environment, one after the other. */
export type Probe = { readonly observations: Uint8Array; readonly count: number }

type RowCheck = Probe & {
  /** Rows of the batches that will be evaluated. */
  readonly rows: number
  readonly actions: number
  /** Whether the model takes batches of other sizes. */
  readonly anySize: boolean
  /** Logits [count × actions] of the observations, in batches of `size` rows that are filled up with zeros. */
  evaluate(observations: Uint8Array, count: number, size: number): Promise<Float32Array>
}

/** The observation in each row of a batch, by number; null: zeros. */
type Arrangement = readonly (number | null)[]
type Answer = { readonly arrangement: Arrangement; readonly logits: Float32Array }

/** Rounding may differ with the batch by this share of the largest logit. */
const tolerance = 1e-3
/** Observations that are also evaluated alone. */
const alone = 2

/**
 * Evaluates real observations twice, among other rows, in other places and in batches of other sizes. All numbers of an
 * evaluation assume that an observation decides its logits: a model whose answers depend on more than the row would
 * be judged by an accident of how it was evaluated.
 * @throws ImportedModelError `model-refused`, with what the answers depend on
 */
export async function checkRows(check: RowCheck): Promise<void> {
  const { count, rows, actions, anySize } = check
  if (count === 0) return
  const full = Array.from({ length: Math.ceil(count / rows) * rows }, (_, row) => row % count)
  const ask = async (arrangement: Arrangement, size = rows): Promise<Answer> => {
    const logits = await check.evaluate(arrange(check, arrangement), arrangement.length, size)
    return { arrangement, logits }
  }
  const first = await ask(full)
  const compare = (other: Answer, reason: Reason) => compareAnswers(first, other, { actions, reason })
  const askSized = (arrangement: Arrangement, size: number) => ask(arrangement, size).catch(explainSize(size))
  compare(await ask(full), 'chance')
  for (let row = 0; row < Math.min(alone, count, rows) && rows > 1; row++)
    compare(await ask(full.slice(0, rows).map((observation, at) => (at === row ? observation : null))), 'others')
  if (rows > 1) compare(await ask(full.toReversed()), 'place')
  if (!anySize) return
  if (rows > 1) compare(await askSized([0], 1), 'size')
  compare(await askSized([...full.slice(0, rows), null], rows + 1), 'size')
}

/** A model may declare a free size of the batch and need one size. */
function explainSize(size: number) {
  return (error: unknown): never => {
    if (!(error instanceof ImportedModelError)) throw error
    const message = `The model declares that it takes batches of any size, and did not with ${size}: ${error.message}`
    throw new ImportedModelError(error.code, message, { cause: error })
  }
}

function arrange({ observations, count }: Probe, arrangement: Arrangement): Uint8Array {
  const size = observations.length / count
  const batch = new Uint8Array(arrangement.length * size)
  arrangement.forEach((number, row) => {
    if (number !== null) batch.set(observations.subarray(number * size, (number + 1) * size), row * size)
  })
  return batch
}

type Comparison = { readonly actions: number; readonly reason: Reason }

/** @throws ImportedModelError if an observation has other logits in `other` */
function compareAnswers(first: Answer, other: Answer, { actions, reason }: Comparison): void {
  const largest = first.logits.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  )
  const limit = tolerance * largest + Number.EPSILON
  other.arrangement.forEach((observation, row) => {
    if (observation === null) return
    // Only if neither is in question may the row be another one.
    const at = reason === 'chance' || reason === 'others' ? row : first.arrangement.indexOf(observation)
    for (let action = 0; action < actions; action++) {
      const expected = first.logits[at * actions + action]
      const found = other.logits[row * actions + action]
      // Equal infinities have no difference, and others are never within the limit.
      if (expected === found || Math.abs(expected - found) <= limit) continue
      throw refuse(reason, `action ${action} has the logit ${shown(expected)} and then ${shown(found)}`)
    }
  })
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
  size: {
    dependsOn: 'on the size of the batch: evaluated in a batch of another size',
    remedy: `${inference}, compute nothing from the size of the batch, or export the model with a fixed batch`,
  },
} as const

function refuse(reason: Reason, difference: string): ImportedModelError {
  const { dependsOn, remedy } = reasons[reason]
  return new ImportedModelError(
    'model-refused',
    `The answer of the model to an observation depends ${dependsOn}, ${difference}. ` +
      `An evaluation needs logits that depend on nothing but the observation. Remedy: ${remedy}`,
  )
}

const shown = (logit: number): string => String(Number(logit.toPrecision(6)))
