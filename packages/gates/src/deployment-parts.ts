import {
  onsetSentence,
  onsetSeries,
  type DeploymentReport,
  type GateOutcome,
  type KnownShift,
  type Report,
  type RuleState,
  type SeriesPart,
  type TablePart,
  type TestedShift,
  type Tone,
} from '@goalpost/contracts'

const outcomeTones: Readonly<Record<GateOutcome, Tone>> = {
  pass: 'good',
  warn: 'warning',
  fail: 'bad',
  undecided: 'neutral',
}
const stateTones: Readonly<Record<RuleState, Tone>> = { holds: 'good', violated: 'bad', open: 'neutral' }

type Row = TablePart['rows'][number]
type Cell = Row['cells'][number]

/** The report as parts that the terminal, the dashboard and a page render like those of experiments. */
export function presentDeployment(report: DeploymentReport): Report {
  const { model, version, gates, rules, tested, untested, verdicts, trend } = report
  return {
    title: `${model} ${version}`,
    summary: summarise(report),
    parts: [
      ...whenAny(gates, () => gateTable(gates)),
      ...whenAny(rules, () => ruleTable(rules)),
      ...whenAny(verdicts, () => verdictTable(verdicts)),
      testedTable(tested, report),
      ...whenAny(untested, () => untestedTable(untested)),
      ...trend.filter(({ points }) => points.length > 1).map(trendPart),
    ],
  }
}

function whenAny<Value>(list: readonly unknown[], make: () => Value): Value[] {
  return list.length === 0 ? [] : [make()]
}

function summarise({ gates, tested, untested }: DeploymentReport): string {
  const known = tested.filter(({ experiments }) => experiments.length > 0)
  const units = tested.reduce((sum, shift) => sum + shift.units, 0)
  const what = known.length === 0 ? 'Nothing was tested.' : `Tested on ${count(units)} units in ${settings(known)}.`
  const gap = untested.length === 0 ? '' : ` Not tested: ${untested.map(({ name }) => name).join(', ')}.`
  return `${gateSentence(gates)} ${what}${gap}`
}

const count = (value: number) => value.toLocaleString('en-US')
const settings = ({ length }: readonly unknown[]) => (length === 1 ? 'one setting' : `${length} settings`)

function gateSentence(gates: DeploymentReport['gates']): string {
  if (gates.length === 0) return 'The model has no gate.'
  const named = (wanted: (outcome: GateOutcome | null | undefined) => boolean) =>
    gates.filter(({ run }) => wanted(run === null ? undefined : run.outcome)).map(({ gate }) => gate)
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['Failed', named((outcome) => outcome === 'fail')],
    ['Warned', named((outcome) => outcome === 'warn')],
    ['Undecided', named((outcome) => outcome === 'undecided')],
    ['Not ended', named((outcome) => outcome === null)],
    ['Not tested by', named((outcome) => outcome === undefined)],
    ['Passed', named((outcome) => outcome === 'pass')],
  ]
  return groups.flatMap(([what, names]) => (names.length === 0 ? [] : [`${what}: ${names.join(', ')}.`])).join(' ')
}

const table = (title: string, columns: readonly string[], rows: readonly Row[], notes: string[] = []): TablePart => ({
  type: 'table',
  title,
  columns: columns.map((name) => ({ title: name })),
  rows: [...rows],
  notes,
})

const row = (...cells: readonly (Cell | string)[]): Row => ({
  cells: cells.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)),
  emphasis: false,
})

function gateTable(gates: DeploymentReport['gates']): TablePart {
  const rows = gates.map(({ gate, run }) => {
    if (run === null) return row(gate, { text: 'not tested', tone: 'warning' }, '', '', '')
    const { outcome, units, endedAt, message } = run
    const cell: Cell = outcome === null ? { text: 'running' } : { text: outcome, tone: outcomeTones[outcome] }
    return row(gate, cell, count(units), endedAt?.slice(0, 16).replace('T', ' ') ?? '', message ?? '')
  })
  return table('Gates', ['gate', 'outcome', 'units', 'ended (UTC)', 'note'], rows)
}

function ruleTable(rules: DeploymentReport['rules']): TablePart {
  const rows = rules.map(({ gate, rule, state, reason, difference }) =>
    row(
      gate,
      rule,
      { text: state, tone: stateTones[state] },
      difference === null ? { text: '' } : { estimate: difference },
      reason,
    ),
  )
  const notes = ['From the line: how far the measure is on the good side of it; negative on the bad side.']
  return table('Rules', ['gate', 'rule', 'state', 'from the line', 'why'], rows, notes)
}

/** A table shows no more numbers. */
const mostNumbers = 3

/** Labels of the numbers that are shown; those with an interval say the most. */
function numberLabels(verdicts: DeploymentReport['verdicts']): string[] {
  const numbers = verdicts.flatMap((verdict) => verdict.numbers)
  const sure = numbers.filter(({ estimate: { low } }) => low !== undefined)
  return [...new Set([...sure, ...numbers].map(({ label }) => label))].slice(0, mostNumbers)
}

function verdictTable(verdicts: DeploymentReport['verdicts']): TablePart {
  const labels = numberLabels(verdicts)
  const rows = verdicts.map(({ experiment, title, name, tone, agreeing, total, numbers }) => {
    const found = labels.map((label): Cell => {
      const number = numbers.find((candidate) => candidate.label === label)
      return number === undefined ? { text: '' } : { estimate: number.estimate }
    })
    return row(experiment, title, { text: name, tone }, `${agreeing} of ${total}`, ...found)
  })
  return table('Verdicts', ['experiment', 'condition', 'verdict', 'seeds', ...labels], rows)
}

function testedTable(tested: readonly TestedShift[], { experimentsLeftOut }: DeploymentReport): TablePart {
  const rows = tested.map(({ name, title, units, sets, seeds, conditions, experiments }) =>
    row(
      name,
      title,
      count(units),
      sets
        .map((set) => `${set.name} (${count(set.units)}, ${set.seed === null ? 'secret' : `seed ${set.seed}`})`)
        .join(', '),
      seeds.join(', '),
      conditions.join(', '),
      String(experiments.length),
    ),
  )
  const columns = ['shift', 'what changes', 'units', 'sets', 'seeds', 'conditions', 'experiments']
  const notes = experimentsLeftOut ? ['Older experiments are left out: there are too many.'] : []
  return table('What was tested', columns, rows, rows.length === 0 ? ['Nothing.', ...notes] : notes)
}

function untestedTable(untested: readonly KnownShift[]): TablePart {
  const rows = untested.map(({ name, title }) => row({ text: name, tone: 'warning' }, title))
  const notes = ['Shifts that the tested worlds are known to have.']
  return table('What was not tested', ['shift', 'what changes'], rows, notes)
}

function trendPart(curve: DeploymentReport['trend'][number]): SeriesPart {
  const series = onsetSeries(curve)
  return {
    ...series,
    title: `${curve.gate}: ${curve.rule}`,
    caption: `${onsetSentence(curve)}.${curve.leftOut ? ' Older versions are left out.' : ''}`,
  }
}
