import { keysOf } from '../typed-record.ts'
import { jsonSchemaOf } from '@goalpost/protocol-kit'
import type { CatalogEntry } from '@goalpost/contracts'
import { errorDistributionSchemas, type ErrorDistribution } from './error-distributions.ts'

type Name = ErrorDistribution['distribution']

const texts: Record<Name, { title: string; description: string; tail: string; picture: readonly string[] }> = {
  normal: {
    title: 'Normal error',
    description: 'Light-tailed: the more reward is optimised, the more utility comes with it.',
    tail: 'Light: every exponential moment is finite, so the tilted policy exists at every strength.',
    picture: ['      ▂▆█▆▂      ', '  ▁▂▅███████▅▂▁  '],
  },
  'student-t': {
    title: 'Student-t error',
    description: 'Heavy-tailed on both sides; `dof` is the power with which the tail falls off.',
    tail: 'Heavy, a power law of index ν = dof. No exponential moment is finite.',
    picture: ['      ▂▆█▆▂      ', '▁▁▂▃▅███████▅▃▂▁▁'],
  },
  lognormal: {
    title: 'Lognormal error',
    description: 'Heavy-tailed without a power law; positive, with median `scale`.',
    tail: 'Heavy (subexponential), lighter than every power law. No exponential moment is finite.',
    picture: [' ▅█▅▂            ', '▇█████▆▄▃▂▂▁▁▁▁▁▁'],
  },
  pareto: {
    title: 'Pareto error',
    description: 'An exact power law from `scale` upwards: the reference for the Hill estimate.',
    tail: 'Heavy, an exact power law of index α = index. No exponential moment is finite.',
    picture: ['█▅▂              ', '████▆▄▃▃▂▂▂▁▁▁▁▁▁'],
  },
}

/** The available error distributions. */
export function listErrorDistributions(): readonly CatalogEntry[] {
  return keysOf(errorDistributionSchemas).map((name) => {
    const { title, description, tail, picture } = texts[name]
    return {
      protocol: 'goodhart',
      kind: 'error distribution',
      name,
      version: '1',
      title,
      description,
      parametersSchema: jsonSchemaOf(errorDistributionSchemas[name]),
      facts: { tail: [{ name: 'tail', description: tail }] },
      picture: [...picture],
    }
  })
}
