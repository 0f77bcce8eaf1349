import { GoalpostError, type SchedulePreviewRequest } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { SpecFault } from '../../spec-file/read-spec.ts'
import type { Invocation, Outcome } from '../command.ts'
import { occurrenceTable } from './describe-schedule.ts'
import { readScheduleFile, type ScheduleFile } from './read-schedule-file.ts'

export type PreviewOptions = { readonly cron?: string; readonly timezone?: string }

export async function preview({
  context,
  global,
  args: [path],
  options,
}: Invocation<PreviewOptions>): Promise<Outcome> {
  const file = path === undefined ? null : await readScheduleFile(path)
  const request = requestOf(file, options)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { occurrences } = await api.previewSchedule(request).catch((error: unknown) => {
        const inFile = error instanceof GoalpostError && error.issues.length > 0 && file !== null
        throw inFile ? new SpecFault(error, file) : error
      })
      if (global.json) printJson(context, { occurrences })
      else printLines(context, occurrenceTable(context, occurrences))
    },
  })
}

/** Flags replace what the file has. */
function requestOf(file: ScheduleFile | null, { cron, timezone }: PreviewOptions): SchedulePreviewRequest {
  const expression = cron ?? file?.spec.cron
  if (expression === undefined) throw new GoalpostError('invalid-request', 'Name a file, or give --cron "0 3 * * *"')
  return {
    cron: expression,
    timezone: timezone ?? file?.spec.timezone,
    jitterSeconds: file?.spec.jitterSeconds,
    name: file?.spec.name,
  }
}
