import { z } from 'zod'
import { experimentQuery } from './requests.ts'

/** Which experiments: as in their list. */
export const experimentFilter = experimentQuery.omit({ cursor: true, limit: true, sort: true })
export type ExperimentFilter = z.infer<typeof experimentFilter>

export const bulkActions = ['archive', 'unarchive', 'pause', 'resume', 'cancel', 'delete'] as const

/** One action on all experiments that a filter chooses. */
export const bulkChange = z.strictObject({
  action: z.enum(bulkActions),
  filter: experimentFilter.prefault({}).describe('As in the list of experiments; archived ones only if it says so'),
  limit: z.number().int().min(1).max(1_000).default(200).describe('The most experiments, oldest first'),
  dryRun: z.boolean().default(false).describe('Only says which experiments it would be'),
})
export type BulkChange = z.infer<typeof bulkChange>
export type BulkChangeInput = z.input<typeof bulkChange>

const one = z.strictObject({ id: z.uuid(), name: z.string() })

/** Experiments are changed one by one: one that is refused keeps none of the others from it. */
export const bulkOutcome = z.strictObject({
  /** Those that were changed; in a dry run, those that match. */
  done: z.array(one),
  refused: z.array(one.extend({ message: z.string() })),
  /** There are more than `limit`. */
  more: z.boolean(),
})
export type BulkOutcome = z.infer<typeof bulkOutcome>

export const filterName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^\s/](?:[^/]*[^\s/])?$/, 'must not contain a slash or begin or end with a space')

/** A filter with a name that everybody in the workspace sees. */
export const savedFilter = z.strictObject({
  name: filterName,
  filter: experimentFilter,
  createdBy: z.string().nullable(),
  updatedAt: z.iso.datetime(),
})
export type SavedFilter = z.infer<typeof savedFilter>

export const savedFilters = z.strictObject({ items: z.array(savedFilter) })
/** The body that saves one. */
export const filterToSave = z.strictObject({ filter: experimentFilter })
