import { GoalpostError, type ExperimentSpecInput, type PreviewView } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import type { Overrides } from '../spec-file/override-spec.ts'
import type { SpecFile } from '../spec-file/read-spec.ts'
import { previewSpec } from '../spec-file/submit-spec.ts'
import { formatCompact } from '../terminal/numbers.ts'
import { plain, plural } from '../terminal/text.ts'
import { countTasks, runsText, timeText } from './describe-preview.ts'

export type Confirmation = { readonly yes?: boolean }

/** The exit code of a question that was answered with no: as of an interruption. */
export const notSubmitted = 130

const muchLarger = 10
/** So many tasks are much if they are a multiple of the file's. */
const manyTasks = 500
const larger = 2

type Request = {
  readonly context: Context
  readonly global: GlobalOptions
  readonly api: { preview(spec: ExperimentSpecInput): Promise<PreviewView> }
  /** The file as it is, and with the settings of the command line. */
  readonly given: SpecFile
  readonly file: SpecFile
  readonly options: Overrides & Confirmation
}

/**
 * Where flags make an experiment much larger than its file, says so, and asks on a terminal: `--seeds 100` means a hundred
 * seeds. False if the answer is no.
 */
export async function confirmSize({ context, global, api, given, file, options }: Request): Promise<boolean> {
  if (file === given || options.yes === true || global.json) return true
  const plan = await previewSpec(api, file)
  // Seeds alone make no run longer.
  const isSmall = plan.runs <= muchLarger && countTasks(plan) <= manyTasks
  if (isSmall && options.set === undefined) return true
  const planOfFile = await previewComplete(api, given)
  if (!isMuchLarger(plan, planOfFile)) return true
  for (const line of describe(context, { plan, planOfFile, seeds: options.seeds })) context.note(line)
  return ask(context)
}

/** Null if the file is only complete with the settings of the command line. */
async function previewComplete(api: Request['api'], given: SpecFile): Promise<PreviewView | null> {
  try {
    return await previewSpec(api, given)
  } catch (error) {
    if (error instanceof GoalpostError && error.code === 'invalid-spec') return null
    throw error
  }
}

function isMuchLarger(plan: PreviewView, ofFile: PreviewView | null): boolean {
  const tasks = countTasks(plan)
  if (ofFile === null) return tasks > manyTasks
  if (plan.runs > muchLarger * ofFile.runs || longerUnits(plan, ofFile).length > 0) return true
  return tasks > manyTasks && tasks > larger * countTasks(ofFile)
}

/** Units of work, such as steps, of which the plan has much more than the file. */
function longerUnits(plan: PreviewView, ofFile: PreviewView): string[] {
  return Object.entries(plan.work).flatMap(([unit, amount]) => {
    const before = ofFile.work[unit] ?? 0
    return before > 0 && amount > muchLarger * before ? [unit] : []
  })
}

type Size = {
  readonly plan: PreviewView
  readonly planOfFile: PreviewView | null
  readonly seeds: string | undefined
}

function describe({ terminal }: Context, { plan, planOfFile, seeds }: Size): string[] {
  const { colours, symbols } = terminal
  const than = planOfFile === null ? '' : ` instead of the file's ${plural(planOfFile.runs, 'run')}`
  const work = planOfFile === null ? '' : describeWork(plan, planOfFile)
  const size = `${runsText(terminal, plan)}${than}, ${plural(countTasks(plan), 'task')}${work}; time ${timeText(plan)}`
  const isCount = seeds !== undefined && /^\d+$/.test(seeds)
  return [
    `${colours.yellow(symbols.tones.warning)} ${plain(plan.resolved.name)}: ${size}`,
    ...(isCount
      ? [`  --seeds ${seeds} means ${plural(Number(seeds), 'seed')}; seed ${seeds} alone is --seeds ${seeds}..${seeds}`]
      : []),
  ]
}

function describeWork(plan: PreviewView, ofFile: PreviewView): string {
  return longerUnits(plan, ofFile)
    .map((unit) => {
      const [amount, before] = [plan, ofFile].map(({ work }) => formatCompact(work[unit] ?? 0))
      return `, ${amount} ${plain(unit)} instead of ${before}`
    })
    .join('')
}

/** Without a terminal nobody can answer: it goes on. */
async function ask(context: Context): Promise<boolean> {
  const keys = context.keys()
  if (keys === null) return true
  context.draw('Submit it? [y/N] ')
  let agreed = false
  for await (const key of keys) {
    agreed = key === 'y'
    break
  }
  context.note(agreed ? 'yes' : 'no')
  if (!agreed) context.note('Nothing was submitted. To submit without a question, add --yes')
  return agreed
}
