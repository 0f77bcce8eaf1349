import {
  GoalpostError,
  samplesMediaType,
  sampleFile,
  transcriptFile,
  transcriptsArtifact,
  type ArtifactRef,
  type TaskView,
} from '@goalpost/contracts'
import { printJson } from '../context.ts'
import { buildInspectLog, inspectFileName, type HeldDialogues } from '../inspect-log/build-log.ts'
import { standardOutput, writeOutput } from '../output/write-output.ts'
import { withService } from '../service/connect.ts'
import { findTasks } from '../service/find-tasks.ts'
import type { ServiceApi } from '../service/service-api.ts'
import type { Invocation, Outcome } from './command.ts'
import type { ExportOptions } from './export.ts'

/** Writes the dialogues with hosted models as logs of Inspect: one for each judged asking. */
export async function exportInspectLogs({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<ExportOptions>): Promise<Outcome> {
  if (options.step !== undefined) throw new GoalpostError('invalid-request', 'Logs have no steps: leave out --step')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const tasks = (await findTasks(api, reference)).filter(({ name }) => name.includes(options.only ?? ''))
      const found = (await Promise.all(tasks.map(({ taskId, name }) => findDialogues(api, taskId, name)))).flat()
      if (found.length === 0)
        throw new GoalpostError('not-found', `${reference} has no judged dialogues with a hosted model (yet)`)
      const outputs = found.map(({ name, held }) => ({
        name: inspectFileName(name, held),
        bytes: `${JSON.stringify(buildInspectLog(held))}\n`,
      }))
      const { out, force = false } = options
      const files = await writeOutput(outputs, { out, force })
      if (out === standardOutput) return
      const written = found.map(({ name, held }, i) => ({
        file: files[i] ?? '',
        task: name,
        samples: held.samples.samples.length,
      }))
      if (global.json) printJson(context, { items: written })
      else for (const { file, samples } of written) context.print(`${file}  ${samples} samples`)
    },
  })
}

type Found = { readonly name: string; readonly held: HeldDialogues }

/** Of a task that has judged the dialogues of another one. */
async function findDialogues(api: ServiceApi, taskId: string, name: string): Promise<Found[]> {
  const grade = await api.task(taskId)
  const samples = artifactOf(grade, ({ mediaType }) => mediaType === samplesMediaType)
  const [need] = grade.needs
  if (samples === undefined || need === undefined) return []
  const ask = await api.task(need.taskId)
  const transcripts = artifactOf(ask, (artifact) => artifact.name === transcriptsArtifact)
  if (transcripts === undefined) return []
  const read = async ({ hash }: ArtifactRef): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode((await api.artifact(hash)).bytes))
  return [
    {
      name,
      held: {
        ask,
        grade,
        transcripts: transcriptFile.parse(await read(transcripts)),
        samples: sampleFile.parse(await read(samples)),
      },
    },
  ]
}

function artifactOf({ result }: TaskView, is: (artifact: ArtifactRef) => boolean): ArtifactRef | undefined {
  return result?.artifacts.find(is)
}
