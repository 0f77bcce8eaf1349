import { GoalpostError } from '@goalpost/contracts'
import { printJson, type Context } from '../context.ts'
import { withService } from '../service/connect.ts'
import { findOnnxFile, type OnnxFile } from '../service/find-onnx-file.ts'
import { findTasks } from '../service/find-tasks.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { shortHash } from '../terminal/prose.ts'
import { parseStep } from '../spec-file/parse-step.ts'
import { plain } from '../terminal/text.ts'
import { writeOutput, standardOutput, type Output } from '../output/write-output.ts'
import type { Invocation, Outcome } from './command.ts'

export type ExportOptions = {
  readonly out?: string
  readonly step?: string
  readonly only?: string
  readonly force?: boolean
  /** Logs of Inspect instead of models. */
  readonly inspect?: boolean
}

type Written = { readonly file: string; readonly task: string; readonly step: number; readonly hash: string }

/** Downloads ONNX files, or logs of Inspect if asked for. */
export async function exportFiles(invocation: Invocation<ExportOptions>): Promise<Outcome> {
  if (invocation.options.inspect !== true) return exportModels(invocation)
  return (await import('./export-inspect-logs.ts')).exportInspectLogs(invocation)
}

/** Downloads the ONNX files of checkpoints: of every task's last one, or of one step. */
async function exportModels({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<ExportOptions>): Promise<Outcome> {
  const step = options.step === undefined ? null : parseStep(options.step)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const tasks = (await findTasks(api, reference)).filter(({ name }) => name.includes(options.only ?? ''))
      const found = (await Promise.all(tasks.map((task) => findOnnxFile(api, task, step)))).flat()
      requireSome(found, { reference, step })
      const outputs = await Promise.all(found.map((model) => download(api, model)))
      const { out, force = false } = options
      const files = await writeOutput(outputs, { out, force })
      if (out === standardOutput) return
      const written = found.map((model, index) => ({ file: files[index] ?? '', ...describeModel(model) }))
      if (global.json) printJson(context, { items: written })
      else for (const each of written) context.print(describe(context, each))
    },
  })
}

type Wanted = { readonly reference: string; readonly step: number | null }

function requireSome(found: readonly OnnxFile[], { reference, step }: Wanted): void {
  if (found.length === 0) {
    const at = step === null ? '' : ` of step ${step}`
    throw new GoalpostError('not-found', `${reference} has no checkpoint${at} with an ONNX file (yet)`)
  }
}

async function download(api: ServiceApi, model: OnnxFile): Promise<Output> {
  return { name: fileName(model), bytes: (await api.artifact(model.part.hash)).bytes }
}

function describeModel({ task, step, part }: OnnxFile): Omit<Written, 'file'> {
  return { task: task.name, step, hash: part.hash }
}

/** `lr=0.1 seed 3 train` at step 500000 → `lr-0.1-seed-3-500000.onnx` */
function fileName({ task, step }: OnnxFile): string {
  const run = task.name.replace(/ ?train$/, '').replaceAll(/[^A-Za-z0-9.]+/g, '-')
  return `${run === '' ? 'model' : run.slice(0, 150)}-${step}.onnx`
}

function describe({ terminal }: Context, { file, task, step, hash }: Written): string {
  return `${file}  ${terminal.colours.dim(`${plain(task)}, step ${step}, SHA-256 ${shortHash(hash)}…`)}`
}
