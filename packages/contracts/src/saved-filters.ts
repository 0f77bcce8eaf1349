import { z } from 'zod'
import { experimentFilter } from './experiment-query.ts'

export const filterName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^\s/](?:[^/]*[^\s/])?$/, 'must not contain a slash or begin or end with a space')

/** A filter with a name that everybody in the workspace sees. */
export const savedFilter = z.strictObject({
  name: filterName,
  filter: experimentFilter,
  createdBy: z.string().nullable().describe('The name of the key that saved it last'),
  updatedAt: z.iso.datetime(),
})
export type SavedFilter = z.infer<typeof savedFilter>

export const savedFilters = z.strictObject({ items: z.array(savedFilter) })
/** The body that saves one. */
export const filterToSave = z.strictObject({ filter: experimentFilter })
