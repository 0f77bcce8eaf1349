import type { HostedModels } from '@goalpost/experiments'
import { parseEndpoints } from './allowed-endpoints.ts'
import { answerFilesIn, noAnswerFiles } from './answer-files.ts'
import { createHostedModels } from './create-hosted-models.ts'

/**
 * Hosted models as a worker's environment allows them: the addresses of `GOALPOST_MODEL_ENDPOINTS` with their keys, and
 * the folder `GOALPOST_MODEL_ANSWERS` for answers.
 */
export function readHostedModels(environment: Readonly<Record<string, string | undefined>>): HostedModels {
  const folder = environment['GOALPOST_MODEL_ANSWERS']
  return createHostedModels({
    allowed: parseEndpoints(environment['GOALPOST_MODEL_ENDPOINTS'] ?? ''),
    environment,
    answers: folder === undefined || folder === '' ? noAnswerFiles : answerFilesIn(folder),
  })
}

/** The variables that have keys. */
export function keyVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  return parseEndpoints(environment['GOALPOST_MODEL_ENDPOINTS'] ?? '').flatMap((endpoint) => endpoint.keyVariables)
}

/** The same, and takes the keys out of the environment, so that no program started later inherits them. */
export function takeHostedModels(environment: Record<string, string | undefined>): HostedModels {
  const models = readHostedModels({ ...environment })
  for (const name of keyVariables(environment)) delete environment[name]
  return models
}
