import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeKey, describeKeys } from './describe-key.ts'

export async function list({ context, global, options }: Invocation<{ readonly limit?: string }>): Promise<Outcome> {
  const limit = parseLimit(options.limit ?? '50')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.keys({ limit })
      if (global.json) return printJson(context, { items, nextCursor })
      printLines(context, describeKeys(context, items))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

export async function self({ context, global }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const key = await api.ownKey()
      if (global.json) printJson(context, key)
      else printLines(context, describeKey(context, key))
    },
  })
}
