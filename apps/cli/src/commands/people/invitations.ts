import type { InvitationView } from '@goalpost/contracts'
import { createClient } from '@goalpost/client'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import { parseDuration } from '../../terminal/parse-duration.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseScope, showCreated } from '../keys/create.ts'
import { findInvitation } from './find-invitation.ts'
import { readLink } from './read-link.ts'

const dayMs = 86_400_000

type CreateOptions = { readonly scope?: string; readonly expires?: string }

/** The link alone on standard output. */
export async function create({
  context,
  global,
  args: [name = ''],
  options: { scope, expires },
}: Invocation<CreateOptions>): Promise<Outcome> {
  const days =
    expires === undefined ? {} : { expiresInDays: Math.max(1, Math.ceil(parseDuration('--expires', expires) / dayMs)) }
  const wanted = { name, ...parseScope(scope), ...days }
  await withService(context, global, {
    need: 'read',
    async use({ api, url }) {
      const created = await api.invite(wanted)
      const link = `${url}${created.path}`
      if (global.json) return printJson(context, { ...created, link })
      const { id, scope: granted, expiresAt } = created.invitation
      context.note(`Gives ${plain(name)} a key with the scope ${granted}, once, until ${expiresAt.slice(0, 10)}`)
      context.note(`\`goalpost invitations revoke ${id}\` stops it before that. The link is shown only here:`)
      printLines(context, [link])
    },
  })
}

export async function list({ context, global, options }: Invocation<{ readonly limit?: string }>): Promise<Outcome> {
  const limit = parseLimit(options.limit ?? '50')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const page = await api.invitations({ limit })
      if (global.json) return printJson(context, page)
      printLines(context, describe(context, page.items))
    },
  })
}

export async function revoke({ context, global, args: [reference = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const revoked = await api.revokeInvitation((await findInvitation(api, reference)).id)
      if (global.json) printJson(context, revoked)
      else context.print(`Revoked the invitation of ${plain(revoked.name)}`)
    },
  })
}

/** Needs no key: the link has the address of the service and the token. */
export async function accept({ context, global, args: [link = ''] }: Invocation): Promise<Outcome> {
  const { baseUrl, token } = readLink(link)
  showCreated(context, global, await createClient({ baseUrl }).acceptInvitation(token))
}

function describe({ terminal }: Context, invitations: readonly InvitationView[]): string[] {
  return renderTable(terminal, {
    columns: ['name', 'id', 'scope', 'state', 'expires'].map((title) => ({ title })),
    rows: invitations.map(({ name, id, scope, state, expiresAt }) =>
      [plain(name), shortId(id), scope, state, expiresAt.slice(0, 10)].map((text) => ({ text })),
    ),
  })
}
