import type { InputIssue } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import { environments, findHidden, shiftParameters, type Environment, type ShiftChange } from '@goalpost/environments'
import type { Deployment } from '@goalpost/experiments'
import type { z } from 'zod'
import { resolveSeed } from './resolve-seed.ts'
import {
  trainingOptions,
  type ImportedOptions,
  type options,
  type RlShiftOptions,
  type Suite,
  type suite,
} from './spec.ts'
import { currentThresholds } from './thresholds.ts'

type ParsedOptions = z.infer<typeof options>
type ParsedSuite = z.infer<typeof suite>

/** Fills in what depends on the environment: its parameters' defaults, and the default suites. */
export function completeOptions(
  parsed: ParsedOptions,
  deployment: Deployment,
): { options: RlShiftOptions } | { issues: readonly InputIssue[] } {
  const environment = environmentOf(parsed.environment)
  const issues: InputIssue[] = []
  const parameters = completeParameters(environment, parsed.parameters, '/parameters', issues)
  // What is wrong with the common parameters is wrong in every suite: it is said once.
  const common = issues.length === 0 ? parsed.parameters : {}
  const endless = issues.length === 0 && !Number.isFinite(environment.horizon(parameters).maxSteps)
  const suites = (parsed.suites ?? defaultSuites(environment, endless ? { maxSteps: endlessSteps } : {})).map(
    (given, index) => {
      const pointer = `/suites/${index}`
      const suite = resolveSuite(environment, given, { common, pointer, issues, deployment })
      checkDistribution(environment, suite, `${pointer}/distribution`, issues)
      const before = issues.length
      const world = completeParameters(environment, { ...common, ...suite.parameters }, `${pointer}/parameters`, issues)
      // What can be seen depends on the parameters, such as whether there is a leader at all.
      if (issues.length === before)
        checkHidden(environment, world, { suite, pointer: `${pointer}/observation`, issues })
      return suite
    },
  )
  checkMixture(environment, parsed.alpha, issues)
  if (issues.length > 0) return { issues }
  return {
    options: dropUnused({
      ...parsed,
      parameters,
      suites,
      thresholds: currentThresholds(parsed.thresholds),
    } as RlShiftOptions),
  }
}

/** Conditions of one experiment share options: those of training would say of an imported policy what is not so. */
function dropUnused(completed: RlShiftOptions): RlShiftOptions {
  if (completed.policy === undefined) return completed
  const unused: readonly string[] = trainingOptions
  return Object.fromEntries(Object.entries(completed).filter(([name]) => !unused.includes(name))) as ImportedOptions
}

export function environmentOf(name: string): Environment {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`There is no environment called ${name}`)
  return environment
}

/** Steps of an episode in which a world that is never reset is evaluated, where the spec says nothing else. */
const endlessSteps = 1000

/** One suite in distribution, one in the first world where proxy and goal come apart. */
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

/** Names no shift any more: what it changes stands in its place, where the suite itself says nothing else. */
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
    message: `${name} has no shift called ${wanted}`,
    remedy: `Use one of ${shifts.map((shift) => shift.name).join(', ')}`,
  })
  return {}
}

function checkMixture({ name, distributions }: Environment, alpha: number, issues: InputIssue[]): void {
  if (alpha === 0 || distributions.length > 1) return
  issues.push({
    pointer: '/alpha',
    message: `${name} has one distribution of levels: there is nothing to mix into training`,
    remedy: 'Leave alpha at 0',
  })
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

function checkDistribution(environment: Environment, given: Suite, pointer: string, issues: InputIssue[]): void {
  const known = ['training', ...environment.distributions.map(({ name }) => name)]
  if (known.includes(given.distribution)) return
  issues.push({
    pointer,
    message: `${environment.name} has no distribution called ${given.distribution}`,
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
      message: `${environment.name} shows nothing called ${name} that could be hidden`,
      remedy: `Use some of ${known.join(', ')}`,
    })
}
