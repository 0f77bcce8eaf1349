import { createStream } from '@goalpost/random'
import { describe } from 'vitest'
import { environments, sampleMixture } from '../src/index.ts'
import { equalPayGuarantees } from './conformance/solver.ts'
import { drift } from './worlds/drift.ts'
import { environmentConformance } from './environment-conformance.ts'

for (const environment of environments.values()) environmentConformance(environment)

describe.each(['corner', 'dish'])('%s', (name) => {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`there is no ${name}`)
  const parameters = environment.parameters.parse({})
  const stream = createStream(7).named('conformance')
  const mixture = { environment, parameters, alpha: 0 }
  const levels = Array.from({ length: 60 }, (_, i) => sampleMixture(mixture, stream, i))
  equalPayGuarantees({ ...mixture, levels, stream })
})

// The contract does not require a grid: this world has no optional members.
environmentConformance(drift)
