import { aliasName, GoalpostError } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseVersion } from './parse-version.ts'

export async function alias({
  context,
  global,
  args: [model = '', name = '', text],
  options: { remove = false },
}: Invocation<{ readonly remove?: boolean }>): Promise<Outcome> {
  const checked = aliasName.safeParse(name)
  if (!checked.success)
    throw new GoalpostError('invalid-request', `The alias ${JSON.stringify(name)} ${checked.error.issues[0]?.message}`)
  if (remove && text !== undefined) throw new GoalpostError('invalid-request', '--remove takes no version')
  const version = parseVersion(text ?? 'latest')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      if (remove) {
        await api.removeAlias(model, name)
        if (global.json) printJson(context, { model, alias: name, version: null })
        else context.print(`${plain(name)} is no longer an alias of ${plain(model)}`)
        return
      }
      const { aliases } = await api.moveAlias(model, name, version)
      const number = aliases.find((each) => each.name === name)?.version ?? null
      if (global.json) printJson(context, { model, alias: name, version: number })
      else context.print(`${plain(name)} is now ${plain(model)} ${number}`)
    },
  })
}
