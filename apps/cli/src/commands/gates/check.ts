import { GoalpostError, type GateRunView, type GateSummary } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { appendSummary, summaryFile } from '../../github/step-summary.ts'
import { parseDuration } from '../../terminal/parse-duration.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseVersion } from '../models/parse-version.ts'
import { describeRun } from './describe-run.ts'
import { gateExit } from './gate-exit.ts'
import { gateSummary } from './gate-summary.ts'
import { waitForRun } from './wait-for-run.ts'

type CheckOptions = {
  readonly model?: string
  readonly gate?: string
  readonly wait?: boolean
  readonly timeout?: string
  readonly githubSummary?: boolean
}

/** The outcome of every gate of a model for one version, as an exit code. */
export async function check({
  context,
  global,
  args: [version = 'latest'],
  options,
}: Invocation<CheckOptions>): Promise<Outcome> {
  const { model, gate: only, wait = false, timeout, githubSummary = false } = options
  if (model === undefined) throw new GoalpostError('invalid-request', 'Name the model: --model mouse')
  const reference = parseVersion(version)
  const timeoutMs = timeout === undefined ? null : parseDuration('--timeout', timeout)
  const summary = githubSummary ? summaryFile(context.env) : null
  return withService(context, global, {
    need: wait ? 'compute' : 'read',
    async use({ api }) {
      const { number } = await api.version(model, reference)
      const gates = await chooseGates(api, model, only)
      const found = await Promise.all(gates.map((gate) => findRun(api, gate, { number, wait })))
      const runs: GateRunView[] = []
      for (const run of found) runs.push(wait ? await waitForRun(context, api, { run, timeoutMs }) : run)
      if (global.json) printJson(context, { model, version: number, runs })
      else showRuns(context, runs)
      if (summary !== null) await appendSummary(summary, gateSummary({ model, version: number, runs }))
      return gateExit(runs)
    },
  })
}

async function chooseGates(api: ServiceApi, model: string, only: string | undefined): Promise<GateSummary[]> {
  const gates = (await api.gates({ model, limit: 200 })).items
  if (gates.length === 0) throw new GoalpostError('not-found', `There is no gate for the model ${model}`)
  const chosen = only === undefined ? gates : gates.filter(({ name }) => name === only)
  if (chosen.length > 0) return chosen
  const names = gates.map(({ name }) => name).join(', ')
  throw new GoalpostError('not-found', `The model ${model} has no gate ${only}; its gates: ${names}`)
}

/** The latest run of the version. If it has none, one is started, but only to wait for it. */
async function findRun(
  api: ServiceApi,
  { name }: GateSummary,
  { number, wait }: { readonly number: number; readonly wait: boolean },
): Promise<GateRunView> {
  const [latest] = (await api.gateRuns(name, { version: number, limit: 10 })).items.filter(
    ({ trigger }) => trigger !== 'bisect',
  )
  if (latest !== undefined) return latest
  if (wait) return api.startGateRun(name, { version: number })
  const message = `The gate ${name} has not tested version ${number}: use --wait, or npx goalpost gates run ${name} ${number}`
  throw new GoalpostError('not-found', message)
}

function showRuns(context: Context, runs: readonly GateRunView[]): void {
  for (const [index, run] of runs.entries()) {
    if (index > 0) context.print('')
    printLines(context, describeRun(context, run))
  }
}
