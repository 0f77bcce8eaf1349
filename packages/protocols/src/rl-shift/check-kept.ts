import type { InputIssue } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { environmentOf } from '../worlds/environment-of.ts'
import type { Suite } from '../worlds/suites/suite-options.ts'
import type { KeptOptions } from './kept-options.ts'
import type { RlShiftOptions } from './spec.ts'

/** Levels can only be told apart by their twins if both suites draw them from the same random numbers. */
export function checkKept(options: RlShiftOptions): readonly InputIssue[] {
  const kept = options.analysis?.kept
  if (kept === undefined) return []
  const counted = options.suites.find(({ name }) => name === kept.suite)
  const known = options.suites.map(({ name }) => name).join(', ')
  if (counted === undefined)
    return [missing('/analysis/kept/suite', kept.suite, known), ...unknownMeasure(options, kept)]
  return [
    ...unknownMeasure(options, kept),
    ...kept.on.flatMap((name, index) => {
      const pointer = `/analysis/kept/on/${index}`
      const suite = options.suites.find((candidate) => candidate.name === name)
      if (suite === undefined) return [missing(pointer, name, known)]
      return areTwins(options, counted, suite) ? [] : [strangers(pointer, counted, suite)]
    }),
  ]
}

function unknownMeasure({ environment: name, parameters }: RlShiftOptions, { measure }: KeptOptions): InputIssue[] {
  const { measures } = environmentOf(name).measures(parameters)
  const shares = measures.filter(({ per }) => per === 'episode').map((candidate) => candidate.name)
  if (shares.includes(measure)) return []
  const remedy = shares.length === 0 ? 'Leave `kept` out' : `Use one of ${shares.join(', ')}`
  return [{ pointer: '/analysis/kept/measure', message: `${name} counts no ${measure} by episode`, remedy }]
}

/** The ends of the mixture draw level i from the same numbers: see `sampleMixture`. */
function areTwins({ environment, alpha }: RlShiftOptions, one: Suite, other: Suite): boolean {
  const ends = environmentOf(environment).distributions.slice(0, 2)
  const isEnd = ({ distribution }: Suite) =>
    distribution === 'training' ? alpha === 0 || alpha === 1 : ends.some(({ name }) => name === distribution)
  return (
    isEnd(one) &&
    isEnd(other) &&
    one.levels === other.levels &&
    typeof one.seed === 'number' &&
    canonicalJson(one.seed) === canonicalJson(other.seed)
  )
}

function missing(pointer: string, name: string, known: string): InputIssue {
  return { pointer, message: `There is no suite ${name}`, remedy: `Use one of ${known}` }
}

function strangers(pointer: string, { name: counted }: Suite, { name }: Suite): InputIssue {
  return {
    pointer,
    message: `Level i of ${name} is not level i of ${counted} with the goal elsewhere`,
    remedy: `Give both suites the same seed and number of levels, and the environment's first two distributions`,
  }
}
