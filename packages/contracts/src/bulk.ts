import { z } from 'zod'
import { experimentFilter, text, type ExperimentFilter } from './experiment-query.ts'

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
