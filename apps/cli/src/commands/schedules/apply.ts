import { GoalpostError, type ScheduleSpecInput, type ScheduleView } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { replaceFiles, uploadFile } from '../../spec-file/named-files.ts'
import { SpecFault } from '../../spec-file/read-spec.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeSchedule, repeatNotice } from './describe-schedule.ts'
import { readScheduleFile, type ScheduleFile } from './read-schedule-file.ts'

/** Uploads the files that the experiment names. */
export async function apply({ context, global, args: [path = ''] }: Invocation): Promise<Outcome> {
  const file = await readScheduleFile(path)
  await withService(context, global, {
    need: 'read',
    async use({ api, temporary }) {
      const { created, schedule } = await applyFile(api, file)
      if (global.json) return printJson(context, schedule)
      context.print(`${created ? 'Created' : 'Replaced'} the schedule ${schedule.name}`)
      printLines(context, describeSchedule(context, schedule))
      for (const note of repeatNotice(schedule)) context.note(context.terminal.colours.yellow(note))
      if (temporary) context.note('It starts experiments while a service runs: npx goalpost up')
    },
  })
}

async function applyFile(
  api: ServiceApi,
  file: ScheduleFile,
): Promise<{ readonly created: boolean; readonly schedule: ScheduleView }> {
  try {
    return await api.applySchedule(file.spec.name, await withUploads(api, file))
  } catch (error) {
    if (error instanceof GoalpostError && error.issues.length > 0) throw new SpecFault(error, file)
    throw error
  }
}

async function withUploads(api: ServiceApi, { path, text, spec: schedule }: ScheduleFile): Promise<ScheduleSpecInput> {
  const experiment = { path, text, spec: schedule.action.spec }
  const keep = async (name: string, bytes: Uint8Array) => (await uploadFile(api, name, bytes)).hash
  const spec = await replaceFiles(experiment, keep).catch((error: unknown) => {
    throw error instanceof GoalpostError ? inSchedule(error) : error
  })
  return { ...schedule, action: { ...schedule.action, spec } }
}

/** Pointers of the experiment as pointers of the file. */
function inSchedule(error: GoalpostError): GoalpostError {
  const issues = error.issues.map((issue) => ({ ...issue, pointer: `/action/spec${issue.pointer}` }))
  return new GoalpostError(error.code, error.message, { issues, cause: error })
}
