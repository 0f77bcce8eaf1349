import type { ApiKeyScope, ApiKeyView, InvitationView, MemberView } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'
import type { Page } from './page.ts'

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number }

export type InvitationToStore = {
  readonly name: string
  readonly scope: ApiKeyScope
  readonly tokenHash: string
  readonly expiresAt: Date
}

/** Who uses an invitation: the key that is made, and from where. */
export type Accepting = { readonly secretHash: string; readonly address: string }

/** Invitations. Each change and its audit event are one transaction. Implemented by packages/store. */
export type InvitationStore = {
  list(workspaceId: string, query: PageQuery): Promise<Page<InvitationView>>
  create(workspaceId: string, invitation: InvitationToStore, actor: Actor): Promise<InvitationView>
  /** Null if there is none, false if it was accepted before. Revoking again changes nothing. */
  revoke(workspaceId: string, id: string, actor: Actor): Promise<InvitationView | false | null>
  /** Uses it up and makes the key. Null if there is none, or it was used, was revoked or has expired. */
  accept(tokenHash: string, accepting: Accepting): Promise<ApiKeyView | null>
  /**
   * Where no key can administer the service: an invitation of the default workspace, whose key can. False if there is such
   * a key. Several may be open, one for each API process that started; the first that is accepted ends the others.
   */
  inviteFirst(invitation: Pick<InvitationToStore, 'tokenHash' | 'expiresAt'>): Promise<boolean>
}

export type MemberToStore = { readonly email: string; readonly scope: ApiKeyScope; readonly secretHash: string }

/** Who signs in, as the provider says. */
export type Account = {
  readonly issuer: string
  readonly subject: string
  /** Null unless the provider has verified it. */
  readonly email: string | null
}

export type SigningIn = {
  /** Of somebody who is in several; null: the one that was used last. */
  readonly workspace: string | null
  readonly address: string
}

export type MemberChangeOutcome =
  | { readonly ok: true; readonly member: MemberView }
  | Exclude<MemberRemoval, { readonly ok: true }>

export type MemberRemoval =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'not-found' }
  | { readonly ok: false; readonly code: 'state-conflict'; readonly message: string }

/** People who sign in elsewhere. Each change and its audit event are one transaction. Implemented by packages/store. */
export type MemberStore = {
  list(workspaceId: string, query: PageQuery): Promise<Page<MemberView>>
  /** Null if there is a member of this address, unless their key works no more. */
  add(workspaceId: string, member: MemberToStore, actor: Actor): Promise<MemberView | null>
  /**
   * Gives the member another scope, which their open sessions have at once. Refused if the last administrator of a
   * workspace would be none.
   */
  change(workspaceId: string, id: string, scope: ApiKeyScope, actor: Actor): Promise<MemberChangeOutcome>
  /** Ends the member's sessions too. Refused for the last administrator of a workspace. */
  remove(workspaceId: string, id: string, actor: Actor): Promise<MemberRemoval>
  /**
   * The id of the key of a member with this account; null if there is none. At the first time it is the member with the
   * account's address, who is from then on known by the account alone.
   */
  signIn(account: Account, signingIn: SigningIn): Promise<string | null>
}
