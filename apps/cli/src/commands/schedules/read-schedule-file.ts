import { GoalpostError, scheduleSpec, type ScheduleSpecInput } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import { readDocumentFile, SpecFault, type DocumentFile } from '../../spec-file/read-spec.ts'

export type ScheduleFile = Omit<DocumentFile, 'value'> & { readonly spec: ScheduleSpecInput }

/** @throws SpecFault `invalid-spec` with all issues that can be found without the service. */
export async function readScheduleFile(path: string): Promise<ScheduleFile> {
  const { value, ...file } = await readDocumentFile(path)
  const parsed = scheduleSpec.safeParse(value)
  if (parsed.success) return { ...file, spec: value as ScheduleSpecInput }
  const issues = explainZodError(parsed.error, scheduleSpec, value)
  throw new SpecFault(new GoalpostError('invalid-request', 'The schedule is not valid', { issues }), file)
}
