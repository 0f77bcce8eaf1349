import { GoalpostError, type ComparisonRequest } from '@goalpost/contracts'
import { printJson, printLines } from '../context.ts'
import { renderReport } from '../report/render-report.ts'
import { withService } from '../service/connect.ts'
import { resolveExperiment } from '../service/resolve-id.ts'
import type { ServiceApi } from '../service/service-api.ts'
import type { Invocation, Outcome } from './command.ts'

type Arm = ComparisonRequest['arms'][number]

/** Conditions side by side. An arm is `EXPERIMENT` (all its conditions) or `EXPERIMENT:CONDITION`. */
export async function compare({
  context,
  global,
  args,
  options: { baseline },
}: Invocation<{ readonly baseline?: string }>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const arms = await Promise.all(args.map((text) => resolveArm(api, text)))
      const chosen = baseline === undefined ? {} : { baseline: await resolveBaseline(api, baseline, arms) }
      const view = await api.compare({ arms, ...chosen })
      if (global.json) printJson(context, view)
      else printLines(context, renderReport(context.terminal, view.report))
    },
  })
}

/** An arm; for arms of one experiment, a condition of it will do. */
async function resolveBaseline(api: ServiceApi, text: string, arms: readonly Arm[]): Promise<Arm> {
  const [experimentId = '', ...others] = new Set(arms.map((arm) => arm.experimentId))
  if (others.length > 0) return resolveArm(api, text)
  const { resolved } = await api.experiment(experimentId)
  const named = { experimentId, condition: text }
  if (resolved.conditions.some(({ name }) => name === text)) return named
  // The service knows what else could be meant.
  return resolveArm(api, text).catch((error: unknown) => {
    if (isNotFound(error)) return named
    throw error
  })
}

const isNotFound = (error: unknown): boolean => error instanceof GoalpostError && error.code === 'not-found'

/** Names may contain colons, so the whole text is tried as an experiment first. */
async function resolveArm(api: ServiceApi, text: string): Promise<Arm> {
  const colon = text.indexOf(':')
  try {
    return { experimentId: await resolveExperiment(api, text) }
  } catch (error) {
    if (colon < 0 || !isNotFound(error)) throw error
    return { experimentId: await resolveExperiment(api, text.slice(0, colon)), condition: text.slice(colon + 1) }
  }
}
