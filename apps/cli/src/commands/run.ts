import { randomUUID } from 'node:crypto'
import type { ExperimentView, ResolvedSpec } from '@goalpost/contracts'
import { errorTable, GoalpostError, hasExpectations } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { printJson } from '../context.ts'
import type { ExpectationOptions } from '../expectations/expectation-options.ts'
import { readExpectations, type VerdictUse } from '../expectations/read-expectations.ts'
import { refuseUnknownNames } from '../expectations/refuse-unknown-names.ts'
import { useVerdicts } from '../expectations/use-verdicts.ts'
import type { Connection } from '../service/connect.ts'
import { withService } from '../service/connect.ts'
import { requireEngine } from '../service/require-engine.ts'
import { resolveExperiment, shortId } from '../service/resolve-id.ts'
import { overrideSpec, type Overrides } from '../spec-file/override-spec.ts'
import { readSpec } from '../spec-file/read-spec.ts'
import { previewSpec, submitSpec } from '../spec-file/submit-spec.ts'
import { formatDuration } from '../terminal/numbers.ts'
import { plain } from '../terminal/text.ts'
import { parseDuration } from '../terminal/parse-duration.ts'
import { followExperiment } from '../watch/follow.ts'
import type { Invocation, Outcome } from './command.ts'
import { confirmSize, notSubmitted, type Confirmation } from './confirm-size.ts'
import { firstFailure } from './failure-lines.ts'
import { showResults } from './show-results.ts'

export const interruptedExit = 130

/** As in timeout(1). */
const timedOutExit = 124

export type WatchOptions = ExpectationOptions & { readonly full?: boolean; readonly timeout?: string }
export type RunOptions = WatchOptions & Overrides & Confirmation

/** Submits, shows progress, then the results. Succeeds with any verdict that is not excluded by an expectation. */
export async function run({ context, global, args: [path = ''], options }: Invocation<RunOptions>): Promise<Outcome> {
  const limits = readLimits(context, options)
  const given = await readSpec(path)
  const file = overrideSpec(given, options)
  return withService(context, global, {
    need: 'compute',
    async use(connection) {
      if (connection.temporary) await requireEngine(context, connection.api, file)
      if (hasExpectations(limits.use.expectations))
        await checkNames(connection, (await previewSpec(connection.api, file)).resolved, limits)
      if (!(await confirmSize({ context, global, api: connection.api, given, file, options }))) return notSubmitted
      const { id } = await submitSpec(connection.api, file, randomUUID())
      return seeThrough({ context, global, connection, id, ...limits })
    },
  })
}

/** Follows a submitted experiment to its end and shows its results. */
export async function watch({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<WatchOptions>): Promise<Outcome> {
  const limits = readLimits(context, options)
  return withService(context, global, {
    need: 'compute',
    async use(connection) {
      const id = await resolveExperiment(connection.api, reference)
      if (hasExpectations(limits.use.expectations))
        await checkNames(connection, (await connection.api.experiment(id)).resolved, limits)
      return seeThrough({ context, global, connection, id, ...limits })
    },
  })
}

type Limits = { readonly full: boolean; readonly timeoutMs: number | null; readonly use: VerdictUse }

function readLimits(context: Context, { full = false, timeout, ...expectations }: WatchOptions): Limits {
  const timeoutMs = timeout === undefined ? null : parseDuration('--timeout', timeout)
  return { full, timeoutMs, use: readExpectations(context, expectations) }
}

async function checkNames({ api }: Connection, resolved: ResolvedSpec, { use }: Limits): Promise<void> {
  const conditions = resolved.conditions.map(({ name }) => name)
  refuseUnknownNames(use.expectations, { conditions, protocol: await api.protocol(resolved.protocol) })
}

type Viewing = Limits & {
  readonly context: Context
  readonly global: GlobalOptions
  readonly connection: Connection
  readonly id: string
}

async function seeThrough({ context, global, connection, id, full, timeoutMs, use }: Viewing): Promise<Outcome> {
  const { view, ended } = await followExperiment(context, connection.api, { id, timeoutMs })
  if (ended !== 'by itself') {
    if (ended === 'timeout') context.note(`Not finished after ${formatDuration((timeoutMs ?? 0) / 1_000)}`)
    explainLeaving(context, view, connection.temporary)
    return ended === 'timeout' ? timedOutExit : interruptedExit
  }
  const results = await connection.api.results(id)
  if (global.json) printJson(context, results)
  else showResults(context, global, { view, results, full })
  const unmet = await useVerdicts(context, { view, results }, { use, quiet: global.json })
  if (view.state === 'failed') explainFailure(context, view)
  if (view.stopReason !== null) explainStop(context, view)
  return exitOf(view) || unmet
}

function explainLeaving({ note, terminal }: Context, { id, name }: ExperimentView, temporary: boolean): void {
  const again = terminal.colours.cyan(`npx goalpost watch ${shortId(id)}`)
  note('')
  note(
    temporary
      ? `Stopped ${name}. Nothing is lost; continue with:  ${again}`
      : `Detached; ${name} keeps running. See it with:  ${again}`,
  )
}

/** Printed last, on standard error, for users who see only the exit code. */
function explainFailure({ note, terminal }: Context, view: ExperimentView): void {
  const reason = firstFailure(view)
  if (reason !== null) note(`${terminal.colours.red('goalpost:')} ${plain(view.name)} failed: ${reason}`)
}

/** Where the service stopped it. */
function explainStop({ note, terminal }: Context, { name, stopReason }: ExperimentView): void {
  const reason = stopReason ?? 'no reason is known'
  note(`${terminal.colours.yellow('goalpost:')} ${plain(name)} was stopped: ${plain(reason)}`)
}

function exitOf({ state, name }: ExperimentView): number {
  if (state === 'succeeded') return 0
  if (state === 'cancelled') return errorTable['experiment-cancelled'].exit
  if (state === 'failed') return errorTable['experiment-failed'].exit
  throw new GoalpostError('internal', `${name} is still ${state}`)
}
