import { setTimeout as sleep } from 'node:timers/promises'
import type { BisectionView } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { renderTable } from '../../terminal/table.ts'
import type { Invocation, Outcome } from '../command.ts'
import { interruptedExit } from '../run.ts'
import { versionNumber } from './version-number.ts'

type BisectOptions = { readonly good?: string; readonly bad?: string }

const pollMs = 1_000

/** Searches for the first bad version and waits for the answer. */
export async function bisect({
  context,
  global,
  args: [name = ''],
  options,
}: Invocation<BisectOptions>): Promise<Outcome> {
  const request = { good: versionNumber('--good', options.good), bad: versionNumber('--bad', options.bad) }
  return withService(context, global, {
    need: 'compute',
    async use({ api }) {
      const view = await follow(context, api, await api.startBisection(name, request))
      if (global.json) printJson(context, view)
      else printLines(context, describe(context, view))
      return view.state === 'ended' ? 0 : interruptedExit
    },
  })
}

async function follow(context: Context, api: ServiceApi, started: BisectionView): Promise<BisectionView> {
  let view = started
  let shown = 0
  while (view.state === 'running' && !context.interrupted.aborted) {
    await sleep(pollMs, undefined, { signal: context.interrupted }).catch(() => undefined)
    view = await api.bisection(started.gate, started.id)
    const decided = view.probes.filter(({ state }) => state !== null)
    for (const { version, state } of decided.slice(shown)) context.note(`version ${version} is ${state}`)
    shown = decided.length
  }
  return view
}

function describe({ terminal }: Context, { good, bad, probes, state, candidates, lastGood }: BisectionView): string[] {
  const rows = probes.map(({ version, state: found, units }) =>
    [String(version), found ?? 'running', units.toLocaleString('en-US')].map((text) => ({ text })),
  )
  const columns = ['version', 'state', 'units'].map((title) => ({ title }))
  const table = rows.length === 0 ? [] : renderTable(terminal, { columns, rows })
  if (state === 'running') return [...table, `The search between ${good} and ${bad} continues in the service`]
  const [first] = candidates
  const answer =
    candidates.length === 1
      ? `The first bad version is ${first}; ${lastGood} is good`
      : `The first bad version is one of ${candidates.join(', ')}; ${lastGood} is good`
  return [...table, terminal.colours.bold(answer)]
}
