import { GoalpostError, type MemberView } from '@goalpost/contracts'
import { everyItem, type Client } from '@goalpost/client'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseScope } from '../keys/create.ts'

export async function add({
  context,
  global,
  args: [email = ''],
  options,
}: Invocation<{ readonly scope?: string }>): Promise<Outcome> {
  const wanted = { email, ...parseScope(options.scope) }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const member = await api.addMember(wanted)
      if (global.json) printJson(context, member)
      else context.print(`${plain(member.email)} may sign in, with the scope ${member.scope}`)
    },
  })
}

export async function list({ context, global, options }: Invocation<{ readonly limit?: string }>): Promise<Outcome> {
  const limit = parseLimit(options.limit ?? '50')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const page = await api.members({ limit })
      if (global.json) return printJson(context, page)
      const columns = ['address', 'scope', 'since', 'last sign-in'].map((title) => ({ title }))
      const rows = page.items.map(({ email, scope, createdAt, signedInAt }) =>
        [plain(email), scope, createdAt.slice(0, 10), signedInAt?.slice(0, 10) ?? 'never'].map((text) => ({ text })),
      )
      printLines(context, renderTable(context.terminal, { columns, rows }))
    },
  })
}

export async function change({
  context,
  global,
  args: [email = ''],
  options,
}: Invocation<{ readonly scope?: string }>): Promise<Outcome> {
  const { scope } = parseScope(options.scope)
  if (scope === undefined)
    throw new GoalpostError('invalid-request', 'Say which: --scope read, submit, manage or admin')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const member = await api.changeMember((await findMember(api, email)).id, { scope })
      if (global.json) printJson(context, member)
      else context.print(`${plain(member.email)} has the scope ${member.scope} now`)
    },
  })
}

export async function remove({ context, global, args: [email = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const member = await findMember(api, email)
      await api.removeMember(member.id)
      context.print(`Removed ${plain(member.email)}`)
    },
  })
}

async function findMember(api: Pick<Client, 'members'>, email: string): Promise<MemberView> {
  for await (const member of everyItem((cursor) => api.members({ cursor, limit: 200 })))
    if (member.email === email.toLowerCase()) return member
  throw new GoalpostError('not-found', `${plain(email)} is not a member; see goalpost members list`)
}
