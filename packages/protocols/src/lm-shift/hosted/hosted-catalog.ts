import type { CatalogEntry } from '@goalpost/contracts'
import { catalogEntryOf } from '../catalog-entry.ts'
import { hostedExperiments } from './hosted-experiments.ts'
import { hostedOptions } from './hosted-options.ts'

/** The experiments on models behind endpoints. */
export function listHostedExperiments(): readonly CatalogEntry[] {
  return hostedOptions.options.map((schema) => {
    const name = schema.shape.experiment.value
    const experiment = hostedExperiments[name]
    const { capability, shifted } = experiment
    return catalogEntryOf({ name, schema, experiment, readings: [capability, ...shifted] })
  })
}
