import { explainZodError, type InputIssue } from '@goalpost/contracts'
import { environments, type Environment } from '@goalpost/environments'
import type { z } from 'zod'
import type { options, RlShiftOptions, Suite, suite } from './spec.ts'

type ParsedOptions = z.infer<typeof options>

/** Fills in what depends on the environment: its parameters' defaults, and the default suites. */
export function completeOptions(
  parsed: ParsedOptions,
): { options: RlShiftOptions } | { issues: readonly InputIssue[] } {
  const environment = environmentOf(parsed.environment)
  const issues: InputIssue[] = []
  const parameters = completeParameters(environment, parsed.parameters, '/parameters', issues)
  // What is wrong with the common parameters is wrong in every suite: it is said once.
  const common = issues.length === 0 ? parsed.parameters : {}
  const suites = (parsed.suites ?? defaultSuites(environment)).map((given, index) => {
    const pointer = `/suites/${index}`
    checkDistribution(environment, given, `${pointer}/distribution`, issues)
    completeParameters(environment, { ...common, ...given.parameters }, `${pointer}/parameters`, issues)
    return given
  })
  if (issues.length > 0) return { issues }
  return { options: { ...parsed, parameters, suites } as RlShiftOptions }
}

export function environmentOf(name: string): Environment {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`There is no environment called ${name}`)
  return environment
}

/** One suite in distribution, one on the levels where proxy and goal come apart. */
function defaultSuites(environment: Environment): Suite[] {
  const [, apart] = environment.distributions
  const common = { parameters: {}, levels: 2048, seed: 0 }
  return [
    { name: 'in-distribution', role: 'in-distribution', distribution: 'training', ...common },
    { name: 'shifted', role: 'shifted', distribution: apart.name, ...common },
  ]
}

function completeParameters(
  environment: Environment,
  given: Readonly<Record<string, unknown>>,
  pointer: string,
  issues: InputIssue[],
): unknown {
  const parsed = environment.parameters.safeParse(given)
  if (parsed.success) return parsed.data
  issues.push(...explainZodError(parsed.error, environment.parameters, given, pointer))
  return given
}

function checkDistribution(
  environment: Environment,
  given: z.infer<typeof suite>,
  pointer: string,
  issues: InputIssue[],
): void {
  const known = ['training', ...environment.distributions.map(({ name }) => name)]
  if (known.includes(given.distribution)) return
  issues.push({
    pointer,
    message: `${environment.name} has no distribution called ${given.distribution}`,
    remedy: `Use one of ${known.join(', ')}`,
  })
}
