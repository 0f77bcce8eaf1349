import { GoalpostError, gateSpec, type GateSpecInput } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import { readDocumentFile, SpecFault, type DocumentFile } from '../../spec-file/read-spec.ts'

export type GateFile = Omit<DocumentFile, 'value'> & { readonly spec: GateSpecInput }

/** @throws SpecFault `invalid-request` with all issues that can be found without the service. */
export async function readGateFile(path: string): Promise<GateFile> {
  const { value, ...file } = await readDocumentFile(path)
  const parsed = gateSpec.safeParse(value)
  if (parsed.success) return { ...file, spec: value as GateSpecInput }
  const issues = explainZodError(parsed.error, gateSpec, value)
  throw new SpecFault(new GoalpostError('invalid-request', 'The gate is not valid', { issues }), file)
}
