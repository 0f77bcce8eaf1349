import { z } from 'zod'
import { apiKeyScope } from './api-key-scope.ts'
import { keyLabel } from './api-keys.ts'

/** How people other than the owner of a key get into a workspace: by an invitation, or by an account elsewhere. */

const time = z.iso.datetime()

export const newInvitation = z.strictObject({
  name: keyLabel.describe('Whom it is for, such as `Ada`; their key gets this name'),
  scope: apiKeyScope.default('submit'),
  expiresInDays: z.number().int().min(1).max(30).default(7).describe('Days until the link stops working'),
})
export type NewInvitation = z.infer<typeof newInvitation>
export type NewInvitationInput = z.input<typeof newInvitation>

export const invitationView = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scope: apiKeyScope,
  state: z.enum(['open', 'accepted', 'expired', 'revoked']),
  createdAt: time,
  expiresAt: time,
  acceptedAt: time.nullable(),
})
export type InvitationView = z.infer<typeof invitationView>

/** The token is shown here and never again. */
export const createdInvitation = z.strictObject({
  invitation: invitationView,
  /** Path and fragment below the service's address. Fragments are not sent to servers, so no log has the token. */
  path: z.string(),
  token: z.string(),
})
export type CreatedInvitation = z.infer<typeof createdInvitation>

export const acceptance = z.strictObject({
  token: z.string().min(1).max(200).describe('The token of an invitation; it works once'),
})

export const newMember = z.strictObject({
  email: z.email().max(120).toLowerCase().describe('The address that the sign-in provider has verified'),
  scope: apiKeyScope.default('submit'),
})
export type NewMember = z.infer<typeof newMember>
export type NewMemberInput = z.input<typeof newMember>

export const memberChange = z.strictObject({ scope: apiKeyScope })
export type MemberChange = z.infer<typeof memberChange>

export const memberView = z.strictObject({
  /** Also that of the key with the member's rights. */
  id: z.uuid(),
  email: z.string(),
  scope: apiKeyScope,
  createdAt: time,
  /** The latest time; null before the first. */
  signedInAt: time.nullable(),
})
export type MemberView = z.infer<typeof memberView>

/** What the sign-in page offers besides API keys. */
export const signInMethods = z.strictObject({
  oidc: z
    .strictObject({
      /** What the button says, such as `Example University`. */
      name: z.string(),
      /** Where the button leads. */
      path: z.string(),
    })
    .nullable(),
})
export type SignInMethods = z.infer<typeof signInMethods>
