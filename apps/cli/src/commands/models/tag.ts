import { GoalpostError } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseVersion } from './parse-version.ts'

type TagOptions = { readonly add?: readonly string[]; readonly remove?: readonly string[] }

export async function tag({
  context,
  global,
  args: [model = '', text = ''],
  options: { add = [], remove = [] },
}: Invocation<TagOptions>): Promise<Outcome> {
  const reference = parseVersion(text)
  if (add.length + remove.length === 0) throw new GoalpostError('invalid-request', 'Give --add, --remove, or both')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const version = await api.tagVersion(model, reference, { add: [...add], remove: [...remove] })
      if (global.json) return printJson(context, version)
      const tags = version.tags.length === 0 ? 'no tags' : version.tags.join(', ')
      context.print(`${plain(model)} ${version.number}: ${plain(tags)}`)
    },
  })
}
