import { GoalpostError, type ModelRegistrationInput } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { uploadFile } from '../../spec-file/named-files.ts'
import { readUpload } from '../../spec-file/read-upload.ts'
import type { Invocation, Outcome } from '../command.ts'
import { versionLine } from './describe-version.ts'
import { findOrigin } from './find-origin.ts'
import { registrationFields, type RegistrationOptions } from './registration-fields.ts'

type RegisterOptions = RegistrationOptions & { readonly from?: string }

export async function register({
  context,
  global,
  args: [model = '', path],
  options,
}: Invocation<RegisterOptions>): Promise<Outcome> {
  const { from } = options
  if ((path === undefined) === (from === undefined))
    throw new GoalpostError('invalid-request', 'Name a file, or a checkpoint with --from, and not both')
  const fields = registrationFields(options)
  const bytes = path === undefined ? null : await readUpload(path)
  const find = async (api: ServiceApi): Promise<ModelRegistrationInput> => {
    if (path !== undefined && bytes !== null) return { ...fields, artifact: (await uploadFile(api, path, bytes)).hash }
    // An explicit --step wins: imported trainings may count on from another one.
    return { ...(await findOrigin(api, from ?? '')), ...fields }
  }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { version, created } = await api.registerVersion(model, await find(api))
      if (global.json) return printJson(context, version)
      const note = created ? '' : context.terminal.colours.dim('  this file was registered before')
      context.print(`${versionLine(context, version)}${note}`)
    },
  })
}
