import type { ScheduleOccurrence, ScheduleRunView, ScheduleSummary, ScheduleView } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import { shortId } from '../../service/resolve-id.ts'
import { formatDuration } from '../../terminal/numbers.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'

/** `2026-03-29 03:00 +02:00` */
export function localText({ local }: Pick<ScheduleOccurrence, 'local'>): string {
  const [date = '', time = ''] = local.split('T')
  const seconds = time.slice(6, 8)
  return `${date} ${time.slice(0, 5)}${seconds === '00' ? '' : `:${seconds}`} ${time.slice(8)}`
}

export function actionText({ action }: Pick<ScheduleSummary, 'action'>): string {
  return action.name
}

export function outcomeText({ outcome, experimentState }: ScheduleRunView): string {
  if (outcome !== 'started' || experimentState === null) return outcome
  return experimentState === 'succeeded' ? 'finished' : experimentState
}

export function describeSchedule({ terminal }: Context, schedule: ScheduleView): string[] {
  const { spec, paused, next, createdBy } = schedule
  const facts = [
    ['experiment', `${plain(spec.action.spec.name)} (${plain(spec.action.spec.protocol)})`],
    ['cron', `${plain(spec.cron)}  ${plain(spec.timezone)}`],
    ['jitter', spec.jitterSeconds === 0 ? '' : `up to ${formatDuration(spec.jitterSeconds)}`],
    ['overlap', spec.overlap],
    ['missed', spec.missed],
    ['created by', createdBy === null ? '' : plain(createdBy)],
    ['next', paused ? 'paused' : next === null ? 'never' : localText(next)],
  ]
  return [
    `${terminal.colours.bold(plain(schedule.name))}${paused ? terminal.colours.yellow('  paused') : ''}`,
    ...(spec.description === undefined ? [] : [plain(spec.description)]),
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name = '', value = '']) => `  ${terminal.colours.dim(name.padEnd(10))}  ${value}`),
  ]
}

/** Equal tasks are computed once: without `fresh`, all occurrences show the result of the first. */
export function repeatNotice({ spec }: Pick<ScheduleView, 'spec'>): string[] {
  if (spec.action.spec.fresh) return []
  return ['note: every occurrence reuses the results of the first; for new computations, set `fresh: true` in the spec']
}

export function occurrenceTable({ terminal, now }: Context, occurrences: readonly ScheduleOccurrence[]): string[] {
  return renderTable(terminal, {
    columns: [{ title: 'starts', whole: true }, { title: 'UTC' }, { title: 'in', align: 'right' }],
    rows: occurrences.map((occurrence) => [
      { text: localText(occurrence) },
      { text: occurrence.startsAt.replace('T', ' ').replace('.000Z', '') },
      { text: formatDuration(Math.max(0, (Date.parse(occurrence.startsAt) - now()) / 1_000)) },
    ]),
  })
}

export function runTable({ terminal }: Context, runs: readonly ScheduleRunView[]): string[] {
  return renderTable(terminal, {
    columns: ['occurrence (UTC)', 'outcome', 'experiment', 'reason'].map((title) => ({ title })),
    rows: runs.map((run) =>
      [
        `${run.at.replace('T', ' ').replace(/\.\d+Z$/, '')}${run.trigger === 'manual' ? ', by hand' : ''}`,
        outcomeText(run),
        run.experimentId === null ? '' : shortId(run.experimentId),
        run.message ?? '',
      ].map((text) => ({ text: plain(text) })),
    ),
  })
}
