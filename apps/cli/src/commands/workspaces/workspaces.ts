import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { formatAge } from '../../terminal/numbers.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { showCreated } from '../keys/create.ts'

/** A workspace without a key would be of no use, so one for its administrator is created with it. */
export async function create({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      await api.createWorkspace({ name })
      showCreated(context, global, await api.createWorkspaceKey(name, { name: 'administrator', scope: 'admin' }))
    },
  })
}

export async function list({ context, global }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items } = await api.workspaces({ limit: 200 })
      if (global.json) return printJson(context, { items })
      const columns = ['name', 'active keys', 'created'].map((title) => ({ title }))
      const rows = items.map(({ name, activeKeys, createdAt }) =>
        [plain(name), String(activeKeys), formatAge(createdAt, context.now())].map((text) => ({ text })),
      )
      printLines(context, renderTable(context.terminal, { columns, rows }))
    },
  })
}
