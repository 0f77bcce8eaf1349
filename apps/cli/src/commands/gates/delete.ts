import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export async function remove({ context, global, args: [gate = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      await api.deleteGate(gate)
      if (global.json) return printJson(context, { gate, deleted: true })
      context.print(
        `The gate ${plain(gate)} tests no more versions. Its runs stay; applying its file again restores it`,
      )
    },
  })
}
