import { z } from 'zod'
import { experimentState } from './states.ts'

/** Text of a query, without characters that PostgreSQL cannot store. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((given) => !given.includes('\0'), 'must not contain the character NUL')

const cursor = text(500).min(1).optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)

export const pageQuery = z.strictObject({ cursor, limit })

export const archivedFilter = z.enum(['exclude', 'include', 'only'])
export type ArchivedFilter = z.infer<typeof archivedFilter>

/**
 * `created`, `updated`, `name`, `priority` and `progress` rise. `state` begins with running experiments, then waiting, failed, cancelled and
 * succeeded ones; `verdict` with the most serious verdict of any condition. A minus: the other way round.
 */
export const experimentSort = z.enum([
  '-created',
  'created',
  'name',
  '-name',
  'state',
  '-state',
  'priority',
  '-priority',
  'verdict',
  '-verdict',
  'progress',
  '-progress',
  'updated',
  '-updated',
])
export type ExperimentSort = z.infer<typeof experimentSort>

export const experimentQuery = pageQuery.extend({
  state: experimentState.optional(),
  protocol: text(80).optional(),
  name: text(120).optional().describe('Part of the name, in any case'),
  named: text(120).min(1).optional().describe('The whole name, exactly'),
  verdict: text(64).min(1).optional().describe('Verdict that at least one condition has'),
  label: text(300)
    .regex(/^[^=]+(=.*)?$/s, 'must be a label such as `team` or `team=alignment`')
    .optional()
    .describe('A label that it has, as `key` or `key=value`'),
  search: text(120)
    .optional()
    .describe(
      'Words, and phrases in double quotes, that must all be found, in any order: as a part of the name, the note, the protocol, the name of the submitter or the value of a label, or as the beginning of the id',
    ),
  createdAfter: z.iso.datetime().optional().describe('Created at this time or later'),
  createdBefore: z.iso.datetime().optional().describe('Created before this time'),
  createdBy: text(120).min(1).optional().describe('The whole name of the key that submitted it'),
  archived: archivedFilter.default('exclude').describe('Whether archived experiments are in the list, or only those'),
  sort: experimentSort
    .default('-created')
    .describe(
      'By time of creation, name, priority, `progress` (share of the tasks that succeeded, in thousandths) or `updated` (the latest change, to the minute), rising; `state`: running, waiting, failed, cancelled, succeeded; `verdict`: the most serious first. With a minus, the other way round. Cursors belong to one order',
    ),
})
export type ExperimentQuery = z.input<typeof experimentQuery>

/** Which experiments: as in their list. */
export const experimentFilter = experimentQuery.omit({ cursor: true, limit: true, sort: true })
export type ExperimentFilter = z.infer<typeof experimentFilter>
