import type { CatalogEntry } from '@goalpost/contracts'
import { catalogEntryOf } from './catalog-entry.ts'
import { experiments, options } from './experiments/table.ts'

/** The available experiments. */
export function listExperiments(): readonly CatalogEntry[] {
  return options.options.map((schema) => {
    const name = schema.shape.experiment.value
    const experiment = experiments[name]
    const { capability, trained, shifted } = experiment.readings
    return catalogEntryOf({ name, schema, experiment, readings: [capability, trained, shifted] })
  })
}
