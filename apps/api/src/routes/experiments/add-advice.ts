import type { PreviewView, ResolvedCondition } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { toGoalpostError } from '../../server/problems.ts'

/** The preview with what its protocol warns of before anything is trained. */
export async function addAdvice(deps: ApiDependencies, preview: PreviewView): Promise<PreviewView> {
  const { protocol, conditions } = preview.resolved
  const advice = await Promise.all(conditions.map((condition) => warningsFor(deps, protocol, condition)))
  return { ...preview, warnings: [...preview.warnings, ...advice.flat()] }
}

/** A preview without its warnings is better than none. */
async function warningsFor(
  { compute, logger, settings }: ApiDependencies,
  protocol: string,
  { name, options }: Pick<ResolvedCondition, 'name' | 'options'>,
): Promise<PreviewView['warnings']> {
  try {
    const messages = await compute.run(protocol, { type: 'advise', options })
    return messages.map((message) => ({ condition: name, message }))
  } catch (error) {
    const { code } = toGoalpostError(error, settings.bodyLimitBytes)
    if (code !== 'compute-timeout') logger.error({ err: error, condition: name }, 'advice failed')
    const reason = code === 'compute-timeout' ? 'took too long' : 'failed'
    return [{ condition: name, message: `What this condition would be warned of is not known: the check ${reason}` }]
  }
}
