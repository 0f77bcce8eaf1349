import { z } from 'zod'
import { jsonObject } from './json.ts'
import { experimentState, taskCounts } from './states.ts'

/** What subscribers of a workspace can be informed of. */
export const workspaceEventType = z.enum([
  'experiment.created',
  'experiment.extended',
  'experiment.paused',
  'experiment.resumed',
  'experiment.state',
  'verdict.changed',
  'model-version.registered',
  'model-alias.moved',
  'gate-run.started',
  'gate-run.ended',
])
export type WorkspaceEventType = z.infer<typeof workspaceEventType>

/** One change in a workspace; ids grow in the order of the changes. */
export const workspaceEvent = z.strictObject({
  id: z.number().int().positive(),
  type: workspaceEventType,
  /** What it is about, as a path of the API below /v1, e.g. `models/mouse/versions/12`. */
  subject: z.string(),
  payload: jsonObject,
  at: z.iso.datetime(),
})
export type WorkspaceEvent = z.infer<typeof workspaceEvent>

/** Progress of an open experiment. Only in streams: it has no id, and a later one replaces it. */
export const experimentProgressType = 'experiment.progress'

export const experimentStanding = z.strictObject({
  experimentId: z.uuid(),
  revision: z.number().int().positive(),
  state: experimentState,
  tasks: taskCounts,
  updatedAt: z.iso.datetime(),
})
export type ExperimentStanding = z.infer<typeof experimentStanding>

/** The first message of a stream: what happened up to its id was before. */
export const streamReady = z.strictObject({ id: z.number().int().nonnegative() })

const groups = [...new Set(workspaceEventType.options.map((type) => `${type.split('.')[0]}.*`))]
const streamFilter = z.enum(['*', ...groups, ...workspaceEventType.options, experimentProgressType])

const eventId = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export const eventStreamHeaders = z.object({
  'last-event-id': eventId.optional().describe('Id of the last event received; precedes the parameter'),
})

export const eventStreamQuery = z.strictObject({
  events: z
    .string()
    .max(500)
    .transform((list) => list.split(','))
    .pipe(z.array(streamFilter))
    .optional()
    .describe('Types or groups, separated by commas, e.g. `experiment.*,gate-run.ended`; default: all'),
  lastEventId: eventId.optional().describe('Id of the last event received; 0 for all. Without it, only new events'),
  follow: z
    .enum(['true', 'false'])
    .default('true')
    .describe('`false`: ends after the events that have happened so far'),
})
