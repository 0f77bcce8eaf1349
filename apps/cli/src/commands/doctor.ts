import type { DoctorCheck, ProbedEngine } from '@goalpost/contracts'
import { errorTable } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { runDoctor } from '../doctor/run-doctor.ts'
import { checkNode, checkService } from '../doctor/own-checks.ts'
import { dataFolderOf } from '../service/find-service.ts'
import { renderTable } from '../terminal/table.ts'
import { plain } from '../terminal/text.ts'
import { createLiveArea } from '../watch/live-area.ts'
import type { Invocation, Outcome } from './command.ts'

/** Checks what Goalpost needs on this machine. Works without a running service, and changes nothing. */
export async function doctor({ context, global }: Invocation): Promise<Outcome> {
  const { colours, symbols } = context.terminal
  const area = context.interactive && !global.json ? createLiveArea(context) : null
  const onEngine = (name: string): void => area?.show([colours.dim(`Tried ${name}${symbols.ellipsis}`)])
  area?.show([colours.dim(`Looking around${symbols.ellipsis}`)])
  const dataFolder = dataFolderOf(context, global)
  const found = await runDoctor({ dataFolder, env: context.env, onEngine }).finally(() => area?.clear())
  const service = await checkService(context, global, found.revision)
  const checks = [checkNode(process.versions.node), ...found.checks, service]
  const healthy = checks.every(({ status }) => status !== 'failed')
  if (global.json) printJson(context, { healthy, revision: found.revision, checks, engines: found.engines })
  else printLines(context, describe(context, { checks, engines: found.engines, healthy }))
  return healthy ? 0 : errorTable.unavailable.exit
}

type Diagnosis = {
  readonly checks: readonly DoctorCheck[]
  readonly engines: readonly ProbedEngine[]
  readonly healthy: boolean
}

function describe(context: Context, { checks, engines, healthy }: Diagnosis): string[] {
  const { colours, symbols } = context.terminal
  const conclusion = healthy
    ? colours.green(`${symbols.tones.good} Goalpost can run here`)
    : colours.red(`${symbols.tones.bad} Goalpost cannot run here`)
  return [
    ...checkTable(context, checks),
    '',
    ...engineTable(context, engines),
    ...missingEngines(context, engines),
    '',
    conclusion,
  ]
}

const marks = { ok: 'good', warning: 'warning', failed: 'bad', skipped: 'neutral' } as const

function checkTable({ terminal }: Context, checks: readonly DoctorCheck[]): string[] {
  const { colours, symbols } = terminal
  const paints = { ok: colours.green, warning: colours.yellow, failed: colours.red, skipped: colours.dim }
  return renderTable(terminal, {
    columns: ['check', 'state', 'finding'].map((title) => ({ title })),
    rows: checks.map(({ name, status, detail, remedy }) => [
      { text: plain(name) },
      { text: `${symbols.tones[marks[status]]} ${status}`, paint: paints[status] },
      { text: plain(remedy === undefined ? detail : `${detail} ${symbols.arrow} ${remedy}`) },
    ]),
  })
}

/** The usable engines, fastest first. */
function engineTable({ terminal }: Context, engines: readonly ProbedEngine[]): string[] {
  const usable = engines.filter(({ missing }) => missing === null)
  if (usable.length === 0) return []
  const sorted = usable.toSorted((a, b) => (a.updateMs ?? Infinity) - (b.updateMs ?? Infinity))
  const best = sorted[0]?.updateMs ?? null
  const columns = [
    { title: 'engine' },
    { title: 'ms per update', align: 'right' as const },
    { title: 'against the best', align: 'right' as const },
    { title: 'threads', align: 'right' as const },
    { title: 'build' },
    { title: 'device' },
  ]
  return renderTable(terminal, {
    columns,
    rows: sorted.map(({ name, updateMs, threads, build, device, deviceName }) => [
      { text: plain(name) },
      { text: updateMs === null ? '' : updateMs.toFixed(updateMs < 10 ? 2 : updateMs < 100 ? 1 : 0) },
      { text: updateMs === null || best === null ? '' : `${(updateMs / best).toFixed(1)}${terminal.symbols.times}` },
      { text: String(threads) },
      { text: plain(build) },
      { text: plain(deviceName === null ? device : `${device}: ${deviceName}`) },
    ]),
  })
}

function missingEngines({ terminal }: Context, engines: readonly ProbedEngine[]): string[] {
  const { colours, symbols } = terminal
  const missing = engines.filter((engine) => engine.missing !== null)
  if (missing.length === 0) return []
  const rows = missing.map(({ name, missing: why, remedy }) => [
    { text: plain(name), paint: colours.dim },
    { text: plain(`${why ?? ''}${remedy === null ? '' : ` ${symbols.arrow} ${remedy}`}`) },
  ])
  return ['', ...renderTable(terminal, { columns: [{ title: 'not here' }, { title: 'reason and remedy' }], rows })]
}
