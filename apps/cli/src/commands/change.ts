import type { ExperimentExtensionInput, ExperimentView } from '@goalpost/contracts'
import { experimentExtension, GoalpostError } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import type { Context, GlobalOptions } from '../context.ts'
import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { resolveExperiment } from '../service/resolve-id.ts'
import { parseSeeds } from '../spec-file/parse-seeds.ts'
import { readDocument } from '../spec-file/read-spec.ts'
import type { Invocation, Outcome } from './command.ts'
import { summaryLine } from './describe-experiment.ts'

export function cancel(invocation: Invocation): Promise<Outcome> {
  return change(invocation, (api, id) => api.cancel(id))
}

/** Retries failed and cancelled tasks. */
export function retry(invocation: Invocation): Promise<Outcome> {
  return change(invocation, (api, id) => api.retry(id))
}

export type ExtendOptions = { readonly seeds?: string; readonly conditions?: string }

/** Adds seeds, conditions, or both; existing results stay. */
export async function extend(invocation: Invocation<ExtendOptions>): Promise<Outcome> {
  const extension = await readExtension(invocation.options)
  return change(invocation, (api, id) => api.extend(id, extension))
}

async function change(
  { context, global, args: [reference = ''] }: { context: Context; global: GlobalOptions; args: readonly string[] },
  act: (api: ServiceApi, id: string) => Promise<ExperimentView>,
): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await act(api, await resolveExperiment(api, reference))
      if (global.json) printJson(context, view)
      else context.print(summaryLine(context, view))
    },
  })
}

/** `--seeds 5`, `--seeds 100..104` or `--seeds 3,7,11`; `--conditions FILE` holds a list as in a spec. */
async function readExtension({ seeds, conditions }: ExtendOptions): Promise<ExperimentExtensionInput> {
  const extension = {
    ...(seeds === undefined ? {} : { seeds: parseSeeds(seeds) }),
    ...(conditions === undefined ? {} : { conditions: await readDocument(conditions) }),
  }
  const parsed = experimentExtension.safeParse(extension)
  if (parsed.success) return extension as ExperimentExtensionInput
  const issues = explainZodError(parsed.error, experimentExtension, extension)
  throw new GoalpostError('invalid-request', 'This extension is not valid; give --seeds, --conditions, or both', {
    issues,
  })
}
