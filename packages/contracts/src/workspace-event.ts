import { z } from 'zod'
import { jsonObject } from './json.ts'

/** What subscribers of a workspace can be informed of. */
export const workspaceEventType = z.enum([
  'experiment.created',
  'experiment.extended',
  'experiment.state',
  'verdict.changed',
  'model-version.registered',
  'model-alias.moved',
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
