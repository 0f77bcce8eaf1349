import {
  apiKeyView,
  auditEvent,
  createdApiKey,
  createdInvitation,
  invitationView,
  memberView,
  page,
  workspaceView,
  type KeyRotationInput,
  type MemberChange,
  type NewApiKeyInput,
  type NewInvitationInput,
  type NewMemberInput,
  type QuotaChange,
} from '@goalpost/contracts'
import type { Http } from './http.ts'

type PageOptions = { readonly cursor?: string | undefined; readonly limit?: number }

/** Keys of the workspace, and for operators, workspaces. */
export function keyMethods(http: Http) {
  const at = (id: string, rest = ''): string => `/v1/api-keys/${encodeURIComponent(id)}${rest}`
  return {
    ownKey: () => http.read({ path: at('self') }, apiKeyView),
    keys: (query: PageOptions = {}) => http.poll({ path: '/v1/api-keys', query }, page(apiKeyView)),
    createKey: (key: NewApiKeyInput) => http.read({ method: 'POST', path: '/v1/api-keys', body: key }, createdApiKey),
    rotateKey: (id: string, rotation: KeyRotationInput = {}) =>
      http.read({ method: 'POST', path: at(id, '/rotate'), body: rotation }, createdApiKey),
    revokeKey: (id: string) => http.read({ method: 'DELETE', path: at(id) }, apiKeyView),
    audit: (query: PageOptions = {}) => http.poll({ path: '/v1/audit', query }, page(auditEvent)),
    /** For operators, as are the two below. */
    workspaces: (query: PageOptions = {}) => http.poll({ path: '/v1/workspaces', query }, page(workspaceView)),
    createWorkspace: (workspace: { readonly name: string }) =>
      http.read({ method: 'POST', path: '/v1/workspaces', body: workspace }, workspaceView),
    /** Fields that are missing stay, null removes a limit. */
    setQuota: (workspace: string, change: QuotaChange) =>
      http.read(
        { method: 'POST', path: `/v1/workspaces/${encodeURIComponent(workspace)}/quota`, body: change },
        workspaceView,
      ),
    createWorkspaceKey: (workspace: string, key: NewApiKeyInput) =>
      http.read(
        { method: 'POST', path: `/v1/workspaces/${encodeURIComponent(workspace)}/api-keys`, body: key },
        createdApiKey,
      ),
  }
}

/** Invitations, and members who sign in with an account elsewhere. */
export function peopleMethods(http: Http) {
  return {
    invitations: (query: PageOptions = {}) => http.poll({ path: '/v1/invitations', query }, page(invitationView)),
    invite: (invitation: NewInvitationInput) =>
      http.read({ method: 'POST', path: '/v1/invitations', body: invitation }, createdInvitation),
    revokeInvitation: (id: string) =>
      http.read({ method: 'DELETE', path: `/v1/invitations/${encodeURIComponent(id)}` }, invitationView),
    /** Needs no key. */
    acceptInvitation: (token: string) =>
      http.read({ method: 'POST', path: '/v1/invitations/accept', body: { token } }, createdApiKey),
    members: (query: PageOptions = {}) => http.poll({ path: '/v1/members', query }, page(memberView)),
    addMember: (member: NewMemberInput) => http.read({ method: 'POST', path: '/v1/members', body: member }, memberView),
    changeMember: (id: string, change: MemberChange) =>
      http.read({ method: 'PUT', path: `/v1/members/${encodeURIComponent(id)}`, body: change }, memberView),
    removeMember: async (id: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: `/v1/members/${encodeURIComponent(id)}` })
    },
  }
}
