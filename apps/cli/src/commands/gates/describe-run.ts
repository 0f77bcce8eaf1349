import type { GateOutcome, GateRunView, Tone } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import { shortId } from '../../service/resolve-id.ts'
import { formatAge, formatInterval, formatNumber } from '../../terminal/numbers.ts'
import { renderTable } from '../../terminal/table.ts'
import { paintTone } from '../../terminal/terminal.ts'
import { plain, plural } from '../../terminal/text.ts'

const tones: Readonly<Record<GateOutcome, Tone>> = { pass: 'good', warn: 'warning', fail: 'bad', undecided: 'neutral' }
const stateTones = { holds: 'good', violated: 'bad', open: 'neutral' } as const

/** Null: it has not ended. */
export function outcomeCell({ terminal }: Context, outcome: GateOutcome | null) {
  if (outcome === null) return { text: 'running' }
  const tone = tones[outcome]
  const paint = (text: string) => paintTone(terminal, tone, text)
  return { text: `${terminal.symbols.tones[tone]} ${outcome}`, paint }
}

export function outcomeText(context: Context, outcome: GateOutcome | null): string {
  const { text, paint } = outcomeCell(context, outcome)
  return paint === undefined ? text : paint(text)
}

/** The outcome and every rule with its numbers. */
export function describeRun(context: Context, run: GateRunView): string[] {
  const { terminal } = context
  const { gate, model, version, step, units, message, rules } = run
  const at = step === null ? '' : `, step ${step.toLocaleString('en-US')}`
  const title = `${terminal.colours.bold(plain(gate))}  ${plain(model)} ${version}${at}  ${outcomeText(context, run.outcome)}`
  const tested = `after ${units.toLocaleString('en-US')} units`
  return [
    `${title}  ${terminal.colours.dim(tested)}`,
    ...(message === null ? [] : [`  ${plain(message)}`]),
    ...ruleTable(context, rules),
  ]
}

function ruleTable({ terminal }: Context, rules: GateRunView['rules']): string[] {
  if (rules.length === 0) return []
  return renderTable(terminal, {
    columns: [{ title: 'rule', whole: true }, { title: '' }, { title: 'from the line', whole: true }, { title: 'why' }],
    rows: rules.map(({ rule, state, reason, difference, units, unitsNeeded }) => {
      const tone = stateTones[state]
      const distance =
        difference === null
          ? ''
          : `${formatNumber(terminal, difference.value)} ${formatInterval(terminal, difference)}, n = ${units.toLocaleString('en-US')}`
      const more = unitsNeeded === null ? '' : `; about ${plural(unitsNeeded, 'more unit')} would decide`
      return [
        { text: plain(rule) },
        { text: `${terminal.symbols.tones[tone]} ${state}`, paint: (text: string) => paintTone(terminal, tone, text) },
        { text: distance },
        { text: `${plain(reason)}${more}` },
      ]
    }),
  })
}

export function runTable(context: Context, runs: readonly GateRunView[]): string[] {
  return renderTable(context.terminal, {
    columns: [
      { title: 'run', whole: true },
      { title: 'version', align: 'right' as const },
      { title: 'step', align: 'right' as const },
      { title: 'trigger' },
      { title: 'outcome', whole: true },
      { title: 'units', align: 'right' as const },
      { title: 'started' },
    ],
    rows: runs.map((run) => [
      { text: shortId(run.id) },
      { text: String(run.version) },
      { text: run.step?.toLocaleString('en-US') ?? '' },
      { text: run.createdBy === null ? run.trigger : `${run.trigger}, by ${plain(run.createdBy)}` },
      outcomeCell(context, run.outcome),
      { text: run.units.toLocaleString('en-US') },
      { text: formatAge(run.createdAt, context.now()) },
    ]),
  })
}
