import type { CatalogEntry } from '@goalpost/contracts'
import { jsonSchemaOf } from '@goalpost/protocol-kit'
import type { z } from 'zod'

type Described = {
  readonly name: string
  readonly schema: z.ZodType
  readonly experiment: { readonly title: string; readonly description: string; readonly picture: readonly string[] }
  readonly readings: readonly { readonly title: string; readonly help: string }[]
}

/** An experiment as the catalog shows it, with what it measures. */
export function catalogEntryOf({ name, schema, experiment, readings }: Described): CatalogEntry {
  const { title, description, picture } = experiment
  return {
    protocol: 'lm-shift',
    kind: 'experiment',
    name,
    version: '1',
    title,
    description,
    parametersSchema: jsonSchemaOf(schema),
    facts: { measured: readings.map(({ title: measured, help }) => ({ name: measured, description: help })) },
    picture: [...picture],
  }
}
