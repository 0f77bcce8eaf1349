import { randomUUID } from 'node:crypto'
import { isMissing, measureSearch, type PreviewView, type ResolvedSearch } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { shortId } from '../service/resolve-id.ts'
import { overrideSpec, type Overrides } from '../spec-file/override-spec.ts'
import { readSpec } from '../spec-file/read-spec.ts'
import { previewSpec, submitSpec } from '../spec-file/submit-spec.ts'
import { formatCompact, formatDuration } from '../terminal/numbers.ts'
import { renderTable } from '../terminal/table.ts'
import { plain, plural, wrap } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'
import { noticeLines, summaryLine } from './describe-experiment.ts'

export type SubmitOptions = Overrides & { readonly idempotencyKey?: string }

export async function submit({
  context,
  global,
  args: [path = ''],
  options,
}: Invocation<SubmitOptions>): Promise<Outcome> {
  const file = overrideSpec(await readSpec(path), options)
  await withService(context, global, {
    need: 'read',
    async use({ api, temporary }) {
      const view = await submitSpec(api, file, options.idempotencyKey ?? randomUUID())
      if (global.json) return printJson(context, view)
      context.print(summaryLine(context, view))
      if (!temporary) printLines(context, noticeLines(context, view))
      const next = temporary ? 'up' : `watch ${shortId(view.id)}`
      const why = temporary ? 'No service is running. Start one:  ' : ''
      context.print(`${why}${context.terminal.colours.cyan(`npx goalpost ${next}`)}`)
    },
  })
}

/** Shows what a spec would run; nothing is stored. */
export async function preview({
  context,
  global,
  args: [path = ''],
  options,
}: Invocation<Overrides>): Promise<Outcome> {
  const file = overrideSpec(await readSpec(path), options)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await previewSpec(api, file)
      if (global.json) printJson(context, view)
      else printLines(context, describePreview(context, view))
    },
  })
}

function describePreview({ terminal }: Context, view: PreviewView): string[] {
  const { colours, symbols } = terminal
  const { resolved } = view
  const kinds = Object.entries(view.tasks)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
  const total = Object.values(view.tasks).reduce((sum, count) => sum + count, 0)
  const work = Object.entries(view.work).map(([unit, amount]) => `${formatCompact(amount)} ${plain(unit)}`)
  const time = isMissing(view.estimatedSeconds)
    ? `not known: ${view.estimatedSeconds.missing}`
    : // The pace is that of tasks of this kind, with any world and network.
      `about ${formatDuration(view.estimatedSeconds)}${view.reused < total ? ', at the pace of recent tasks' : ''}`
  const rows = [
    [
      'runs',
      `${plural(view.runs, 'run')} = ${plural(resolved.conditions.length, 'condition')} ${symbols.times} ${plural(resolved.seeds.length, 'seed')}`,
    ],
    ['tasks', `${total} (${kinds.join(', ')})${view.reused > 0 ? `, ${view.reused} of them computed before` : ''}`],
    ...(resolved.search === undefined ? [] : [['search', searchText(resolved.search, resolved.seeds.length)]]),
    ['work', work.join(', ')],
    ['time', time],
  ]
  const width = Math.max(...rows.map(([name = '']) => name.length))
  const table = renderTable(terminal, {
    columns: [{ title: 'condition' }, { title: 'marks' }],
    rows: resolved.conditions.map(({ name, marks }) => [
      { text: plain(name) },
      { text: plain(marks.join(', ')), paint: colours.dim },
    ]),
  })
  const warnings = gatherWarnings(view).flatMap((text) => {
    const lines = wrap(plain(text), terminal.columns - 2)
    return lines.map((line, index) => `${index === 0 ? colours.yellow(symbols.tones.warning) : ' '} ${line}`)
  })
  return [
    `${colours.bold(plain(resolved.name))}  ${colours.dim(plain(resolved.protocol))}`,
    ...rows.map(([name = '', value = '']) => `  ${colours.dim(name.padEnd(width))}  ${value}`),
    '',
    ...table,
    ...(warnings.length > 0 ? ['', ...warnings] : []),
  ]
}

function searchText(search: ResolvedSearch, seeds: number): string {
  const { most } = measureSearch(search)
  return `this is the first round; further rounds follow from its results, up to ${plural(most * seeds, 'run')} in all`
}

/** A warning about several conditions is printed once, with all of them. */
export function gatherWarnings({ warnings, resolved }: Pick<PreviewView, 'warnings'> & Named): string[] {
  return [...Map.groupBy(warnings, ({ message }) => message)].map(([message, same]) => {
    const names = [...new Set(same.flatMap(({ condition }) => condition ?? []))]
    if (names.length === 0 || (names.length > 1 && names.length === resolved.conditions.length)) return message
    return `${names.join('; ')}: ${message}`
  })
}

type Named = { readonly resolved: { readonly conditions: readonly { readonly name: string }[] } }
