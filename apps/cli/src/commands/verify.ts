import { createHash } from 'node:crypto'
import type { ExperimentSpecInput, ExperimentView, RunView, TaskView } from '@goalpost/contracts'
import { errorTable, GoalpostError, verifiesLabel } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { resolveExperiment, shortId } from '../service/resolve-id.ts'
import { shortHash } from '../terminal/prose.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, plural, wrap } from '../terminal/text.ts'
import { followExperiment } from '../watch/follow.ts'
import type { Invocation, Outcome } from './command.ts'
import { compareManifests, type Difference } from './compare-manifests.ts'
import { interruptedExit } from './run.ts'

export type VerifyOptions = { readonly runs?: string; readonly sample?: string }

export type Comparison = {
  readonly condition: string
  readonly seed: number
  readonly task: string
  readonly outcome: 'equal' | 'different' | 'another version' | 'not recomputed'
  readonly before: string | null
  readonly after: string | null
  /** The differences between the computations; null if not recorded, or if the results are equal. */
  readonly differences: readonly Difference[] | null
}

/** Recomputes a sample of runs from the stored spec and compares all result hashes. */
export async function verify({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<VerifyOptions>): Promise<Outcome> {
  const count = parseCount(options.runs ?? '1')
  return withService(context, global, {
    need: 'compute',
    async use({ api }) {
      const original = await api.experiment(await resolveExperiment(api, reference))
      const sample = chooseRuns(original, count, options.sample ?? original.id)
      if (!global.json) context.note(`Recomputing ${sample.map(nameOf).join(', ')} of ${plain(original.name)}`)
      const comparisons: Comparison[] = []
      for (const [condition, runs] of Map.groupBy(sample, (run) => run.condition)) {
        const again = await recompute(context, api, specOf(original, condition, runs))
        if (again === null) return interruptedExit
        for (const run of runs) comparisons.push(...(await compareRun(api, run, again)))
      }
      return conclude(context, { json: global.json, original, comparisons })
    },
  })
}

/** The same sample for the same text, whatever the order of the runs. */
export function chooseRuns(
  { runs, name }: Pick<ExperimentView, 'runs' | 'name'>,
  count: number,
  sample: string,
): RunView[] {
  const rank = (run: RunView): string =>
    createHash('sha256').update(`${sample}:${run.condition}:${run.seed}`).digest('hex')
  const succeeded = runs.filter(({ state }) => state === 'succeeded')
  if (succeeded.length === 0)
    throw new GoalpostError('state-conflict', `No run of ${name} has succeeded: there is nothing to verify`)
  return succeeded.toSorted((a, b) => rank(a).localeCompare(rank(b))).slice(0, count)
}

/** Uses the resolved options, so that later changes of defaults have no effect. */
function specOf({ id, resolved }: ExperimentView, condition: string, runs: readonly RunView[]): ExperimentSpecInput {
  const { apiVersion, protocol, name, resources, conditions } = resolved
  return {
    apiVersion,
    protocol,
    name: `verify ${name}`.slice(0, 120),
    labels: { [verifiesLabel]: id },
    seeds: runs.map(({ seed }) => seed),
    conditions: conditions
      .filter((arm) => arm.name === condition)
      .map((arm) => ({ name: arm.name, options: arm.options })),
    resources,
    fresh: true,
  }
}

async function recompute(context: Context, api: ServiceApi, spec: ExperimentSpecInput): Promise<ExperimentView | null> {
  const { experiment } = await api.submit(spec)
  const { view, ended } = await followExperiment(context, api, { id: experiment.id })
  if (ended === 'by itself') return view
  context.note(`Detached; ${view.name} (${shortId(view.id)}) keeps running`)
  return null
}

async function compareRun(api: ServiceApi, before: RunView, again: ExperimentView): Promise<Comparison[]> {
  const after = again.runs.find(({ seed }) => seed === before.seed)
  return Promise.all(
    before.tasks.map(async (task) => {
      const twin = after?.tasks.find(({ key }) => key === task.key)
      const [first, second]: [TaskView, TaskView | null] = await Promise.all([
        api.task(task.id),
        twin === undefined ? null : api.task(twin.id),
      ])
      const outcome = judge(first, second)
      return {
        condition: before.condition,
        seed: before.seed,
        task: task.key,
        outcome,
        before: first.resultHash,
        after: second?.resultHash ?? null,
        differences: outcome === 'equal' ? null : differencesOf(first, second),
      }
    }),
  )
}

function differencesOf(first: TaskView, second: TaskView | null): readonly Difference[] | null {
  if (first.manifest === null || second === null || second.manifest === null) return null
  return compareManifests(first.manifest, second.manifest)
}

type Computed = { readonly identity: string; readonly resultHash: string | null }

/** Only results of one identity (code, engine, inputs) must be equal. */
function judge(first: Computed, second: Computed | null): Comparison['outcome'] {
  if (second === null || second.resultHash === null) return 'not recomputed'
  if (first.identity !== second.identity) return 'another version'
  return first.resultHash === second.resultHash ? 'equal' : 'different'
}

type Conclusion = {
  readonly json: boolean
  readonly original: ExperimentView
  readonly comparisons: readonly Comparison[]
}

function conclude(context: Context, { json, original, comparisons }: Conclusion): Outcome {
  const verified = comparisons.every(({ outcome }) => outcome === 'equal')
  if (json) printJson(context, { experimentId: original.id, verified, comparisons })
  else printLines(context, describe(context, comparisons, verified))
  return verified ? 0 : errorTable['verification-failed'].exit
}

function describe({ terminal }: Context, comparisons: readonly Comparison[], verified: boolean): string[] {
  const { colours, symbols } = terminal
  const table = renderTable(terminal, {
    columns: ['condition', 'seed', 'task', 'outcome', 'before', 'after'].map((title) => ({ title })),
    rows: comparisons.map(({ condition, seed, task, outcome, before, after }) => [
      { text: plain(condition) },
      { text: String(seed) },
      { text: plain(task) },
      { text: outcome, paint: outcome === 'equal' ? colours.green : colours.red },
      { text: shortHash(before ?? '') },
      { text: shortHash(after ?? '') },
    ]),
  })
  const equal = comparisons.filter(({ outcome }) => outcome === 'equal').length
  const sentence = verified
    ? colours.green(
        `${symbols.tones.good} Verified: ${plural(equal, 'task')} recomputed, every result identical to the last bit`,
      )
    : colours.red(
        `${symbols.tones.bad} ${comparisons.length - equal} of ${plural(comparisons.length, 'result')} could not be confirmed`,
      )
  return [...table, ...explainDifferences(terminal, comparisons), '', sentence]
}

/** Possible causes of differences, each once for all tasks that share it. */
function explainDifferences({ columns, symbols }: Terminal, comparisons: readonly Comparison[]): string[] {
  const differing = comparisons.filter(({ outcome }) => outcome === 'different' || outcome === 'another version')
  const reasons = new Set(differing.map(({ differences }) => describeDifferences(symbols.arrow, differences)))
  return [...reasons].flatMap((reason) => ['', ...wrap(plain(reason), columns)])
}

function describeDifferences(arrow: string, differences: Comparison['differences']): string {
  if (differences === null) return 'The manifests do not say what both results were computed with.'
  const hardware = differences.filter(({ what }) => what !== 'code' && what !== 'packages' && what !== 'Node')
  const listed = differences.map(({ what, before, after }) => `${what}: ${before} ${arrow} ${after}`).join('; ')
  if (differences.length === 0) return 'Same engine and processor as in the first run: the results should be equal.'
  if (hardware.length === 0) return `Same engine and processor as in the first run, but different code: ${listed}.`
  return `The engine or processor differs from the first run: ${listed}.`
}

function nameOf({ condition, seed }: RunView): string {
  return `${plain(condition)} seed ${seed}`
}

function parseCount(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 1_000) return value
  throw new GoalpostError(
    'invalid-request',
    `--runs must be a whole number from 1 to 1000, not ${JSON.stringify(text)}`,
  )
}
