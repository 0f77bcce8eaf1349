import type { ExperimentSpecInput, ExperimentView } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import type { ServiceApi } from '../service/service-api.ts'
import type { SpecFile } from './read-spec.ts'
import { SpecFault } from './read-spec.ts'
import { hashBytes, replaceFiles, uploadFile } from './named-files.ts'

/** Uploads the files that the spec names. `key` makes a repeated submission harmless. */
export function submitSpec(
  api: Pick<ServiceApi, 'submit' | 'upload'>,
  file: SpecFile,
  key: string,
): Promise<ExperimentView> {
  const submitted = async (): Promise<ExperimentView> => {
    const spec = await replaceFiles(file, async (path, bytes) => (await uploadFile(api, path, bytes)).hash)
    return (await api.submit(spec, { idempotencyKey: key })).experiment
  }
  return withFile(file, submitted())
}

/** Nothing is uploaded: a plan needs only hashes. */
export function previewSpec<Preview>(
  api: { preview(spec: ExperimentSpecInput): Promise<Preview> },
  file: SpecFile,
): Promise<Preview> {
  return withFile(
    file,
    replaceFiles(file, async (_path, bytes) => hashBytes(bytes)).then((spec) => api.preview(spec)),
  )
}

/** Shows the service's issues at their lines in the file, like our own. */
function withFile<Result>(file: SpecFile, answer: Promise<Result>): Promise<Result> {
  return answer.catch((error: unknown) => {
    if (error instanceof GoalpostError && error.issues.length > 0) throw new SpecFault(error, file)
    throw error
  })
}
