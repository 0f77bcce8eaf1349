import { z } from 'zod'
import { experimentQuery, text } from './requests.ts'

/** Which experiments: as in their list. */
export const experimentFilter = experimentQuery.omit({ cursor: true, limit: true, sort: true })
export type ExperimentFilter = z.infer<typeof experimentFilter>

export const bulkActions = ['archive', 'unarchive', 'pause', 'resume', 'cancel', 'retry', 'delete'] as const

/** One action on all experiments that a filter chooses. */
export const bulkChange = z
  .strictObject({
    action: z.enum(bulkActions),
    filter: experimentFilter.prefault({}).describe('As in the list of experiments; archived ones only if it says so'),
    limit: z.number().int().min(1).max(1_000).default(200).describe('The most experiments, oldest first'),
    cursor: text(500).min(1).optional().describe('`nextCursor` of the answer before: goes on after its experiments'),
    dryRun: z.boolean().default(false).describe('Only says which experiments it would be'),
  })
  .refine(({ action, filter }) => action !== 'delete' || isSelective(filter), {
    path: ['filter'],
    message: 'must say which experiments to delete, such as those of a state, label or name',
  })
export type BulkChange = z.infer<typeof bulkChange>
export type BulkChangeInput = z.input<typeof bulkChange>

/** Whether a filter leaves out any but archived experiments. */
function isSelective({ archived, ...rest }: ExperimentFilter): boolean {
  return archived === 'only' || Object.values(rest).some((value) => value !== undefined && value !== '')
}

const one = z.strictObject({ id: z.uuid(), name: z.string() })

/** Experiments are changed one by one: one that is refused keeps none of the others from it. */
export const bulkOutcome = z.strictObject({
  done: z
    .array(one)
    .describe('Those that were changed, or would be in a dry run. Not those that are as wanted already'),
  refused: z.array(one.extend({ message: z.string() })),
  nextCursor: z.string().nullable().describe('Send it as `cursor` for those that follow; null if there are none'),
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
  createdBy: z.string().nullable().describe('The name of the key that saved it last'),
  updatedAt: z.iso.datetime(),
})
export type SavedFilter = z.infer<typeof savedFilter>

export const savedFilters = z.strictObject({ items: z.array(savedFilter) })
/** The body that saves one. */
export const filterToSave = z.strictObject({ filter: experimentFilter })
