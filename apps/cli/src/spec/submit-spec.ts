import type { ExperimentView, PreviewView } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import type { ServiceApi } from '../service/service-api.ts'
import type { SpecFile } from './read-spec.ts'
import { SpecFault } from './read-spec.ts'

/** `key` makes a repeated submission harmless. */
export function submitSpec(api: ServiceApi, file: SpecFile, key: string): Promise<ExperimentView> {
  return withFile(
    file,
    api.submit(file.spec, { idempotencyKey: key }).then(({ experiment }) => experiment),
  )
}

export function previewSpec(api: ServiceApi, file: SpecFile): Promise<PreviewView> {
  return withFile(file, api.preview(file.spec))
}

/** What the service finds wrong is shown at its line in the file, as what we find ourselves is. */
function withFile<Result>(file: SpecFile, answer: Promise<Result>): Promise<Result> {
  return answer.catch((error: unknown) => {
    if (error instanceof GoalpostError && error.issues.length > 0) throw new SpecFault(error, file)
    throw error
  })
}
