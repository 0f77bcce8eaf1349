import type { CatalogEntry } from '@goalpost/contracts'
import { jsonSchemaOf } from '@goalpost/protocol-kit'
import { experiments, options } from './experiments/table.ts'

/** The available experiments. */
export function listExperiments(): readonly CatalogEntry[] {
  return options.options.map((schema) => {
    const name = schema.shape.experiment.value
    const { title, description, picture, readings } = experiments[name]
    const { capability, trained, shifted } = readings
    return {
      protocol: 'lm-shift',
      kind: 'experiment',
      name,
      version: '1',
      title,
      description,
      parametersSchema: jsonSchemaOf(schema),
      facts: {
        measured: [capability, trained, shifted].map(({ title: measured, help }) => ({
          name: measured,
          description: help,
        })),
      },
      picture: [...picture],
    }
  })
}
