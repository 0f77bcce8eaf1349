import { GoalpostError } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { parseVersion } from './parse-version.ts'

export async function remove({
  context,
  global,
  args: [model = '', text],
  options: { all = false },
}: Invocation<{ readonly all?: boolean }>): Promise<Outcome> {
  if ((text === undefined) !== all)
    throw new GoalpostError('invalid-request', 'Name a version, or give --all for the model with all its versions')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      if (text === undefined) await api.deleteModel(model)
      else await api.deleteVersion(model, parseVersion(text))
      if (global.json) return printJson(context, { model, version: text ?? null, deleted: true })
      const what = text === undefined ? `The model ${plain(model)}` : `${plain(model)} ${plain(text)}`
      context.print(`${what} is no longer listed. Registering its file again restores it`)
    },
  })
}
