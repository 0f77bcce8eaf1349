import { randomUUID } from 'node:crypto'
import type { ExperimentView } from '@goalpost/contracts'
import { errorTable, GoalpostError } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { renderReport } from '../report/render-report.ts'
import type { Connection } from '../service/connect.ts'
import { withService } from '../service/connect.ts'
import { resolveExperiment, shortId } from '../service/resolve-id.ts'
import { readSpec } from '../spec/read-spec.ts'
import { submitSpec } from '../spec/submit-spec.ts'
import { followExperiment } from '../watch/follow.ts'
import type { Invocation, Outcome } from './command.ts'
import { furtherCommands, summaryLine } from './describe-experiment.ts'

export const interruptedExit = 130

/** Submits, shows progress, and then the report. Succeeds whatever the verdict. */
export async function run({ context, global, args: [path = ''] }: Invocation): Promise<Outcome> {
  const file = await readSpec(path)
  return withService(context, global, {
    need: 'compute',
    async use(connection) {
      const submitted = await submitSpec(connection.api, file, randomUUID())
      return seeThrough({ context, global, connection, id: submitted.id })
    },
  })
}

/** Follows an experiment that was submitted before to its end, and shows its report. */
export async function watch({ context, global, args: [reference = ''] }: Invocation): Promise<Outcome> {
  return withService(context, global, {
    need: 'compute',
    use: async (connection) =>
      seeThrough({ context, global, connection, id: await resolveExperiment(connection.api, reference) }),
  })
}

type Viewing = {
  readonly context: Context
  readonly global: GlobalOptions
  readonly connection: Connection
  readonly id: string
}

async function seeThrough({ context, global, connection, id }: Viewing): Promise<Outcome> {
  const { view, interrupted } = await followExperiment(context, connection.api, id)
  if (interrupted) {
    explainInterruption(context, view, connection.temporary)
    return interruptedExit
  }
  const results = await connection.api.results(id)
  if (global.json) printJson(context, results)
  else {
    if (results.report !== null) printLines(context, [...renderReport(context.terminal, results.report), ''])
    printLines(context, [summaryLine(context, view), ...furtherCommands(context, view, global)])
  }
  return exitOf(view)
}

function explainInterruption({ note, terminal }: Context, { id, name }: ExperimentView, temporary: boolean): void {
  const again = terminal.colours.cyan(`npx goalpost watch ${shortId(id)}`)
  note('')
  note(
    temporary
      ? `Stopped ${name}. Nothing is lost; carry on with:  ${again}`
      : `${name} goes on without us; look again with:  ${again}`,
  )
}

function exitOf({ state, name }: ExperimentView): number {
  if (state === 'succeeded') return 0
  if (state === 'cancelled') return errorTable['experiment-cancelled'].exit
  if (state === 'failed') return errorTable['experiment-failed'].exit
  throw new GoalpostError('internal', `${name} is still ${state}`)
}
