import { z } from 'zod'
import { apiKeyScope } from './api-key-scope.ts'
import { jsonObject } from './json.ts'
import { quota, quotaUse } from './quotas.ts'

const time = z.iso.datetime()

/** A label for people: no control characters, which could forge lines of a log or a terminal. */
export const keyLabel = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')

export const workspaceName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, such as alignment-lab',
  )
  .describe('Unique; lower-case letters, digits and hyphens')

export const workspaceView = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  createdAt: time,
  /** Keys that work. */
  activeKeys: z.number().int().nonnegative(),
  quota,
  use: quotaUse,
})
export type WorkspaceView = z.infer<typeof workspaceView>

export const newWorkspace = z.strictObject({ name: workspaceName })

export const apiKeyView = z.strictObject({
  id: z.uuid(),
  workspace: z.string(),
  name: z.string(),
  scope: apiKeyScope,
  /** May manage workspaces and see all workers. */
  operator: z.boolean(),
  /** Stands for a member, who signs in elsewhere: it is neither rotated nor revoked by itself. */
  member: z.boolean().default(false),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: time,
  expiresAt: time.nullable(),
  /** To the minute; null if it was never used. */
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
})
export type ApiKeyView = z.infer<typeof apiKeyView>

const expiresInDays = z
  .number()
  .int()
  .min(1)
  .max(3_650)
  .optional()
  .describe('Days until the key stops working; without it, it works until it is revoked')

export const newApiKey = z.strictObject({
  name: keyLabel.describe('Who or what uses it, such as `nightly regression`'),
  scope: apiKeyScope.default('manage'),
  expiresInDays,
})
export type NewApiKey = z.infer<typeof newApiKey>
export type NewApiKeyInput = z.input<typeof newApiKey>

/** The secret is shown here and never again. */
export const createdApiKey = z.strictObject({ key: apiKeyView, secret: z.string() })
export type CreatedApiKey = z.infer<typeof createdApiKey>

export const keyRotation = z.strictObject({
  graceHours: z.number().min(0).max(720).default(24).describe('Hours for which the previous secret keeps working'),
})
export type KeyRotation = z.infer<typeof keyRotation>
export type KeyRotationInput = z.input<typeof keyRotation>

/** One change made by a person or a program. */
export const auditEvent = z.strictObject({
  id: z.number().int().positive(),
  at: time,
  /** E.g. `api-key.revoked`. */
  action: z.string(),
  /** The key that did it: id and name; null for the service itself. */
  actor: z.strictObject({ keyId: z.uuid(), name: z.string() }).nullable(),
  /** The IP address of the request; null for the service itself. */
  address: z.string().nullable(),
  subject: z.strictObject({ type: z.string(), id: z.string(), name: z.string() }),
  before: jsonObject.nullable(),
  after: jsonObject.nullable(),
})
export type AuditEvent = z.infer<typeof auditEvent>
