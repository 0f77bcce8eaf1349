import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeVersion, versionTable } from './describe-version.ts'
import { parseVersion } from './parse-version.ts'

type ShowOptions = { readonly tag?: string; readonly commit?: string; readonly limit?: string }

export async function show({
  context,
  global,
  args: [model = '', text],
  options: { tag, commit, limit = '20' },
}: Invocation<ShowOptions>): Promise<Outcome> {
  const query = { tag, commit, limit: parseLimit(limit) }
  const reference = text === undefined ? null : parseVersion(text)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      if (reference !== null) {
        const version = await api.version(model, reference)
        if (global.json) printJson(context, version)
        else printLines(context, describeVersion(context, version))
        return
      }
      const { items, nextCursor } = await api.versions(model, query)
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0) return context.print('No version matches')
      printLines(context, versionTable(context, items))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}
