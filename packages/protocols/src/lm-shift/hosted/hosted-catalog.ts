import type { CatalogEntry } from '@goalpost/contracts'
import { jsonSchemaOf } from '@goalpost/protocol-kit'
import { hostedExperiments } from './hosted-experiments.ts'
import { hostedOptions } from './hosted-options.ts'

/** The experiments on models behind endpoints. */
export function listHostedExperiments(): readonly CatalogEntry[] {
  return hostedOptions.options.map((schema) => {
    const name = schema.shape.experiment.value
    const { title, description, picture, capability, shifted } = hostedExperiments[name]
    return {
      protocol: 'lm-shift',
      kind: 'experiment',
      name,
      version: '1',
      title,
      description,
      parametersSchema: jsonSchemaOf(schema),
      facts: {
        measured: [capability, ...shifted].map(({ title: measured, help }) => ({ name: measured, description: help })),
      },
      picture: [...picture],
    }
  })
}
