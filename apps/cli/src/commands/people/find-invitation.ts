import { everyItem } from '@goalpost/client'
import { GoalpostError, type InvitationView } from '@goalpost/contracts'

/** The part of the API used here. */
type Invitations = {
  invitations(query: { readonly limit: number; readonly cursor?: string }): Promise<{
    readonly items: readonly InvitationView[]
    readonly nextCursor: string | null
  }>
}

/** By its id or the beginning of it, as `invitations list` shows it, or by the name of exactly one open invitation. */
export async function findInvitation(api: Invitations, reference: string): Promise<InvitationView> {
  const text = reference.trim()
  const id = text.toLowerCase()
  const found: InvitationView[] = []
  for await (const invitation of everyItem((cursor) =>
    api.invitations({ limit: 200, ...(cursor === undefined ? {} : { cursor }) }),
  )) {
    if (invitation.id === id) return invitation
    const isNamed = invitation.name === text && invitation.state === 'open'
    if (isNamed || (id.length >= 13 && invitation.id.startsWith(id))) found.push(invitation)
  }
  const [only] = found
  if (only === undefined)
    throw new GoalpostError(
      'not-found',
      `There is no open invitation ${JSON.stringify(text)}; see goalpost invitations list`,
    )
  if (found.length === 1) return only
  const ids = found.map((each) => each.id).join(', ')
  throw new GoalpostError(
    'invalid-request',
    `${JSON.stringify(text)} could be any of ${found.length} invitations: ${ids}`,
  )
}
