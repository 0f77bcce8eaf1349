import type { JsonObject } from '@goalpost/contracts'
import type { PlannedTask } from '@goalpost/experiments'
import type { TrainingWorld } from '../worlds/suites/suite-world.ts'
import { environmentOf } from '../worlds/environment-of.ts'
import { isContinuing } from '../worlds/is-continuing.ts'

export const anchorsKey = 'references@never-ending'

/** Raised whenever the reference policies are played or counted in another way. */
const anchorsVersion = '1'

export type AnchorInputs = {
  readonly anchors: {
    readonly environment: string
    readonly parameters: JsonObject
    /** The streams' first levels: of this distribution, from this seed. */
    readonly distribution: string
    readonly seed: number
    readonly streams: number
    readonly stepsPerStream: number
  }
}

/**
 * Short streams, many of them: greedy policies leave the situations that they start in soon, and would be seen in nothing
 * else but the last one.
 */
const extent = { streams: 4096, stepsPerStream: 64, seed: 0 }

/** What the reference policies do in the same world; in no other has anybody to be played. */
export function planAnchors({
  environment: name,
  parameters,
}: Pick<TrainingWorld, 'environment' | 'parameters'>): PlannedTask[] {
  const environment = environmentOf(name)
  if (!isContinuing(environment, parameters)) return []
  const { 0: first, 1: apart } = environment.distributions
  const distribution = (apart ?? first).name
  const inputs: AnchorInputs = {
    anchors: { environment: name, parameters: parameters as JsonObject, distribution, ...extent },
  }
  return [
    {
      key: anchorsKey,
      kind: 'evaluate',
      inputs,
      versions: { environment: `${name}@${environment.version}`, anchors: anchorsVersion },
      seed: null,
      needs: [],
      withoutEngine: true,
      short: true,
      work: { unit: 'environment steps', amount: 3 * extent.streams * extent.stepsPerStream },
      rank: 3,
    },
  ]
}
