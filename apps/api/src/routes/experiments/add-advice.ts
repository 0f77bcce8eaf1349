import type { PreviewView, ResolvedCondition } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { toGoalpostError } from '../../server/problems.ts'

/** Concurrent advice requests: one for each of 200 conditions would fill the queue. */
const atOnce = 8
/** Advice after this time is left out, as a client is waiting. */
const patienceMs = 20_000

/** The preview with the protocol's warnings. */
export async function addAdvice(deps: ApiDependencies, preview: PreviewView): Promise<PreviewView> {
  const { protocol, conditions } = preview.resolved
  const warnings = [...preview.warnings]
  const until = deps.now() + patienceMs
  for (let first = 0; first < conditions.length; first += atOnce) {
    const next = conditions.slice(first, first + atOnce)
    const late = deps.now() > until
    const advice = next.map(async (condition) =>
      late ? unknown(condition, tooLong) : warningsFor(deps, protocol, condition),
    )
    warnings.push(...(await Promise.all(advice)).flat())
  }
  return { ...preview, warnings }
}

const tooLong = 'took too long'

function unknown({ name }: Pick<ResolvedCondition, 'name'>, reason: string): PreviewView['warnings'] {
  return [{ condition: name, message: `This condition could not be checked: the check ${reason}` }]
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
    return unknown({ name }, code === 'compute-timeout' ? tooLong : 'failed')
  }
}
