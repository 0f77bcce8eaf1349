import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import { parseDuration } from '../../terminal/parse-duration.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseVersion } from '../models/parse-version.ts'
import { describeRun, runTable } from './describe-run.ts'
import { versionNumber } from './version-number.ts'
import { gateExit } from './gate-exit.ts'
import { waitForRun } from './wait-for-run.ts'

type RunOptions = { readonly wait?: boolean; readonly timeout?: string }

/** Tests a version now. */
export async function run({
  context,
  global,
  args: [name = '', version = 'latest'],
  options,
}: Invocation<RunOptions>): Promise<Outcome> {
  const { wait = false, timeout } = options
  const reference = parseVersion(version)
  const timeoutMs = timeout === undefined ? null : parseDuration('--timeout', timeout)
  return withService(context, global, {
    need: wait ? 'compute' : 'read',
    async use({ api, temporary }) {
      const started = await api.startGateRun(name, { version: reference })
      const seen = wait ? await waitForRun(context, api, { run: started, timeoutMs }) : started
      if (global.json) printJson(context, seen)
      else if (wait) printLines(context, describeRun(context, seen))
      else context.print(`Testing version ${seen.version} of ${seen.model}: run ${shortId(seen.id)}`)
      if (temporary && seen.state === 'running') context.note('It continues while a service runs: npx goalpost up')
      return wait ? gateExit([seen]) : 0
    },
  })
}

type RunsOptions = { readonly limit?: string }

export async function runs({
  context,
  global,
  args: [name = '', text],
  options,
}: Invocation<RunsOptions>): Promise<Outcome> {
  const { limit = '20' } = options
  const version = text === undefined ? undefined : versionNumber('The version', text)
  const query = { version, limit: parseLimit(limit) }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.gateRuns(name, query)
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0) return context.print('No runs yet')
      printLines(context, runTable(context, items))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}
