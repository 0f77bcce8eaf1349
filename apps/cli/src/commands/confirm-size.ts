import { GoalpostError, type ExperimentSpecInput, type PreviewView } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import type { Overrides } from '../spec-file/override-spec.ts'
import type { SpecFile } from '../spec-file/read-spec.ts'
import { previewSpec } from '../spec-file/submit-spec.ts'
import { plain, plural } from '../terminal/text.ts'
import { countTasks, runsText, timeText } from './describe-preview.ts'

export type Confirmation = { readonly yes?: boolean }

/** The exit code of a question that was answered with no: as of an interruption. */
export const notSubmitted = 130

const muchLarger = 10
const manyTasks = 500

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
  if (plan.runs <= muchLarger && countTasks(plan) <= manyTasks) return true
  const runsOfFile = await countRuns(api, given)
  if (!isMuchLarger(plan, runsOfFile)) return true
  for (const line of describe(context, { plan, runsOfFile, seeds: options.seeds })) context.note(line)
  return ask(context)
}

/** Null if the file is only complete with the settings of the command line. */
async function countRuns(api: Request['api'], given: SpecFile): Promise<number | null> {
  try {
    return (await previewSpec(api, given)).runs
  } catch (error) {
    if (error instanceof GoalpostError && error.code === 'invalid-spec') return null
    throw error
  }
}

function isMuchLarger(plan: PreviewView, runsOfFile: number | null): boolean {
  if (runsOfFile !== null && plan.runs <= runsOfFile) return false
  return countTasks(plan) > manyTasks || (runsOfFile !== null && plan.runs > muchLarger * runsOfFile)
}

type Size = { readonly plan: PreviewView; readonly runsOfFile: number | null; readonly seeds: string | undefined }

function describe({ terminal }: Context, { plan, runsOfFile, seeds }: Size): string[] {
  const { colours, symbols } = terminal
  const than = runsOfFile === null ? '' : ` instead of the file's ${plural(runsOfFile, 'run')}`
  const size = `${runsText(terminal, plan)}${than}, ${plural(countTasks(plan), 'task')}; time ${timeText(plan)}`
  const isCount = seeds !== undefined && /^\d+$/.test(seeds)
  return [
    `${colours.yellow(symbols.tones.warning)} ${plain(plan.resolved.name)}: ${size}`,
    ...(isCount
      ? [`  --seeds ${seeds} means ${plural(Number(seeds), 'seed')}; seed ${seeds} alone is --seeds ${seeds}..${seeds}`]
      : []),
  ]
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
