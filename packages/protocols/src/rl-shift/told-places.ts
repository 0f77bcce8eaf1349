import { sampleMixture } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { environmentOf } from '../worlds/environment-of.ts'
import { isHeldOut } from './held-out-places.ts'
import type { RlShiftOptions } from './spec.ts'
import { methodBesidePpoOf } from './subjects/trained/method-options.ts'

type Place = readonly [row: number, column: number]

/** How a place was named by instructions in training, in the order of reports. */
export const toldKinds = [
  'told elsewhere than the sign',
  'told only at the sign',
  'never told',
  'told at random (control)',
  'nothing told (control)',
] as const
type ToldKind = (typeof toldKinds)[number]

/** Levels drawn to see where the training mixture puts goals at α = 0. */
const drawn = 1024

/** By place, as the options of a training say; null for methods that tell no goal. */
export function toldKindOf(options: RlShiftOptions): ((place: Place) => ToldKind) | null {
  if (options.policy !== undefined) return null
  const method = methodBesidePpoOf(options)
  if (method?.kind !== 'goal-conditioned') return null
  if (method.instruction === 'none') return () => 'nothing told (control)'
  if (method.instruction === 'shuffled') return () => 'told at random (control)'
  const isSign = signsOf(options)
  return (place) => {
    if (method.elsewhere > 0 && !(method.holdOut && isHeldOut(place))) return 'told elsewhere than the sign'
    return isSign(place) ? 'told only at the sign' : 'never told'
  }
}

/** Whether training levels show their goal at a place: with α above 0 anywhere, otherwise where proxy and goal agree. */
function signsOf({ environment: name, parameters, alpha }: RlShiftOptions): (place: Place) => boolean {
  const environment = environmentOf(name)
  const { goalPlace } = environment
  if (alpha > 0 || goalPlace === undefined) return () => true
  const stream = createStream(0).named('told places')
  const levels = Array.from({ length: drawn }, (_, i) => sampleMixture({ environment, parameters, alpha }, stream, i))
  const places = new Set(levels.map((level) => String(goalPlace(level))))
  return (place) => places.has(String(place))
}
