import type { InputIssue } from '@goalpost/contracts'
import { environmentOf } from './complete.ts'
import type { RlShiftOptions, Suite } from './spec.ts'

/** What makes a well-formed condition meaningless or misleading. */
export function checkOptions(options: RlShiftOptions): readonly InputIssue[] {
  return [
    ...repeatedNames(options.suites),
    ...missingRoles(options.suites),
    ...options.suites.flatMap((suite, index) => mislabelled(options, suite, `/suites/${index}`)),
    ...indivisibleMinibatches(options),
  ]
}

/** A condition whose whole training mixture is the shifted distribution misgeneralizes nothing: it is a control. */
export function marksOf(options: RlShiftOptions): readonly string[] {
  const shifted = options.suites.filter(({ role }) => role === 'shifted')
  const [, apart] = environmentOf(options.environment).distributions
  const trainsOnShift =
    options.alpha === 1 && shifted.every((suite) => suite.distribution === apart.name && !changesParameters(suite))
  return trainsOnShift ? ['control'] : []
}

function repeatedNames(suites: readonly Suite[]): InputIssue[] {
  return suites.flatMap(({ name }, index) =>
    suites.findIndex((other) => other.name === name) < index
      ? [
          {
            pointer: `/suites/${index}/name`,
            message: `There are two suites called ${name}`,
            remedy: 'Rename one of them',
          },
        ]
      : [],
  )
}

function missingRoles(suites: readonly Suite[]): InputIssue[] {
  const roles = ['in-distribution', 'shifted'] as const
  return roles
    .filter((role) => !suites.some((suite) => suite.role === role))
    .map((role) => ({
      pointer: '/suites',
      message: `There is no suite with the role ${role}`,
      remedy: 'The verdict compares both: add one, or leave `suites` out to get the default ones',
    }))
}

/** "Shifted" must not name what training already consists of: its result would say nothing about the shift. */
function mislabelled({ environment, alpha }: RlShiftOptions, suite: Suite, pointer: string): InputIssue[] {
  if (suite.role !== 'shifted' || changesParameters(suite)) return []
  const [agreeing, apart] = environmentOf(environment).distributions
  const equalsTraining = suite.distribution === 'training' && alpha < 1
  if (suite.distribution !== agreeing.name && !equalsTraining) return []
  return [
    {
      pointer: `${pointer}/distribution`,
      message: `The suite ${suite.name} is labelled shifted but holds the levels of training (${suite.distribution})`,
      remedy: `Use ${apart.name}, change its parameters, or give it the role in-distribution`,
    },
  ]
}

function changesParameters(suite: Suite): boolean {
  return Object.keys(suite.parameters).length > 0
}

function indivisibleMinibatches({ ppo }: RlShiftOptions): InputIssue[] {
  const batch = ppo.environments * ppo.rolloutSteps
  if (batch % ppo.minibatches === 0) return []
  return [
    {
      pointer: '/ppo/minibatches',
      message: `${batch} samples (environments × rolloutSteps) cannot be cut into ${ppo.minibatches} equal minibatches`,
      remedy: 'Choose a divisor of environments × rolloutSteps',
    },
  ]
}
