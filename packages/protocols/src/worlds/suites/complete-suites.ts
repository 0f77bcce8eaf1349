import type { InputIssue } from '@goalpost/contracts'
import { findHidden, shiftParameters, type Environment, type ShiftChange } from '@goalpost/environments'
import type { Deployment } from '@goalpost/experiments'
import { explainZodError } from '@goalpost/validation'
import type { z } from 'zod'
import { resolveSeed } from './resolve-seed.ts'
import type { Suite, suite } from './suite-options.ts'
import { isContinuing } from '../is-continuing.ts'

type ParsedSuite = z.infer<typeof suite>
type Parsed = {
  /** As given in the condition, and with all defaults. */
  readonly given: ParsedSuite['parameters']
  readonly parameters: unknown
  readonly suites: readonly ParsedSuite[] | undefined
}
type Found = { readonly issues: InputIssue[]; readonly deployment: Deployment }

/** Suites as they are played: the default ones if none are given. Faults are added to `issues`. */
export function completeSuites(environment: Environment, parsed: Parsed, { issues, deployment }: Found): Suite[] {
  const { given: own, parameters } = parsed
  // A fault in the common parameters is in every suite: it is reported once.
  const sound = issues.length === 0
  const common = sound ? own : {}
  const limited: ParsedSuite['parameters'] =
    sound && isContinuing(environment, parameters) ? { maxSteps: continuingSteps } : {}
  return (parsed.suites ?? defaultSuites(environment, limited)).map((given, index) => {
    const pointer = `/suites/${index}`
    const suite = resolveSuite(environment, given, { common, pointer, issues, deployment })
    checkDistribution(environment, suite, `${pointer}/distribution`, issues)
    const before = issues.length
    const world = completeParameters(environment, { ...common, ...suite.parameters }, `${pointer}/parameters`, issues)
    // Visible objects depend on the parameters, such as whether there is a leader.
    if (issues.length === before) checkHidden(environment, world, { suite, pointer: `${pointer}/observation`, issues })
    return suite
  })
}

/** Default steps of an evaluation episode in a world that is never reset. */
const continuingSteps = 1000

/** One suite in distribution, one in the first world where proxy and goal differ. */
function defaultSuites(environment: Environment, parameters: ParsedSuite['parameters']): ParsedSuite[] {
  const common = { parameters, levels: 2048, seed: 0 }
  const [shift] = environment.shifts
  return [
    { name: 'in-distribution', role: 'in-distribution', distribution: 'training', ...common },
    ...(shift === undefined ? [] : [{ name: 'shifted', role: 'shifted' as const, shift: shift.name, ...common }]),
  ]
}

type SuiteContext = {
  /** The parameters of training, as given. */
  readonly common: Readonly<Record<string, unknown>>
  readonly pointer: string
  readonly issues: InputIssue[]
  readonly deployment: Deployment
}

/** Replaces the shift's name with its changes, unless the suite itself overrides them. */
function resolveSuite(environment: Environment, given: ParsedSuite, context: SuiteContext): Suite {
  const { common, pointer, issues } = context
  const { shift, agents, distribution, observation, ...rest } = given
  const change = findShift(environment, shift, `${pointer}/shift`, issues)
  const transform = observation ?? change.observation
  const merged = { ...change.parameters, ...given.parameters }
  const behaviour = { ...change.agents, ...agents }
  const shifted =
    Object.keys(behaviour).length === 0
      ? merged
      : { ...merged, agents: shiftParameters({ ...common, ...merged }, { agents: behaviour }).agents }
  return {
    ...rest,
    seed: resolveSeed(given.seed, { ...context, pointer: `${pointer}/seed` }),
    distribution: distribution ?? change.distribution ?? 'training',
    parameters: shifted as Suite['parameters'],
    ...(transform === undefined ? {} : { observation: transform }),
  }
}

function findShift(
  { name, shifts }: Environment,
  wanted: string | undefined,
  pointer: string,
  issues: InputIssue[],
): ShiftChange {
  if (wanted === undefined) return {}
  const found = shifts.find((shift) => shift.name === wanted)
  if (found !== undefined) return found
  issues.push({
    pointer,
    message: `${name} has no shift ${wanted}`,
    remedy: `Use one of ${shifts.map((shift) => shift.name).join(', ')}`,
  })
  return {}
}

/** On faults, adds them to `issues` and returns the input. */
export function completeParameters(
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

function checkDistribution(environment: Environment, given: Suite, pointer: string, issues: InputIssue[]): void {
  const known = ['training', ...environment.distributions.map(({ name }) => name)]
  if (known.includes(given.distribution)) return
  issues.push({
    pointer,
    message: `${environment.name} has no distribution ${given.distribution}`,
    remedy: `Use one of ${known.join(', ')}`,
  })
}

type SeenSuite = { readonly suite: Suite; readonly pointer: string; readonly issues: InputIssue[] }

function checkHidden(environment: Environment, parameters: unknown, { suite, pointer, issues }: SeenSuite): void {
  const { observation } = suite
  if (typeof observation !== 'object') return
  const objects = (environment.objects?.(parameters) ?? []).map(({ name }) => name)
  const known = [...new Set([...objects, ...environment.observation(parameters).channels])]
  const { unknown } = findHidden(environment, parameters, observation.hide)
  for (const name of unknown)
    issues.push({
      pointer: `${pointer}/hide/${observation.hide.indexOf(name)}`,
      message: `${environment.name} shows no ${name} that could be hidden`,
      remedy: `Use some of ${known.join(', ')}`,
    })
}
