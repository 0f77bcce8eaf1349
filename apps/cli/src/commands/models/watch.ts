import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GoalpostError, type ModelVersionView } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../../context.ts'
import { openRunning } from '../../service/connect.ts'
import { dataFolderOf, namedService } from '../../service/find-service.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { uploadFile } from '../../spec-file/named-files.ts'
import { readUpload } from '../../spec-file/read-upload.ts'
import { parseDuration } from '../../terminal/parse-duration.ts'
import { plain } from '../../terminal/text.ts'
import { scanFolder } from '../../watch-folder/scan-folder.ts'
import { looksLike, type FoundFile } from '../../watch-folder/settled-files.ts'
import { stepInName } from '../../watch-folder/step-in-name.ts'
import { watchFolder } from '../../watch-folder/watch-folder.ts'
import { openWatchMemory } from '../../watch-folder/watch-memory.ts'
import type { Invocation, Outcome } from '../command.ts'
import { versionLine } from './describe-version.ts'
import { registrationFields, type RegistrationOptions } from './registration-fields.ts'

type WatchOptions = Pick<RegistrationOptions, 'commit' | 'alias' | 'tag'> & {
  readonly model?: string
  readonly match?: string
  readonly settle?: string
  readonly once?: boolean
  readonly state?: string
}

const refusedExit = 1

/** Registers the files of a folder, until Ctrl-C or, with `--once`, until all are registered. */
export async function watch({
  context,
  global,
  args: [given = '.'],
  options,
}: Invocation<WatchOptions>): Promise<Outcome> {
  const { model = basename(resolve(given)), match = '.onnx', settle = '5s', once = false } = options
  const folder = resolve(given)
  const settleMs = parseDuration('--settle', settle)
  const fields = registrationFields(options)
  const service = namedService(context, global)?.url ?? dataFolderOf(context, global)
  const memory = await openWatchMemory(stateFolderOf(context, options.state), { service, folder, model })
  await scanFolder(folder, match)
  await openRunning(context, global)
  if (!once) context.note(`Watching ${plain(folder)} for new versions of ${plain(model)}. Stop with Ctrl-C`)
  const refused = await watchFolder({
    settleMs,
    once,
    memory,
    scan: () => scanFolder(folder, match),
    async register(file) {
      // Looked up each time: a restarted service may have another port.
      const api = await openRunning(context, global)
      const version = await registerFile(api, { folder, file, model, fields })
      if (version !== null) report(context, global, { file, version })
      return version && { hash: version.hash, version: version.number }
    },
    pause: (ms) =>
      sleep(ms, undefined, { signal: context.interrupted }).then(
        () => true,
        () => false,
      ),
    now: () => performance.now(),
    onRefused: (file, error) => context.note(`${plain(file.name)} was refused: ${plain(error.message)}`),
    onOutage: (error) => context.note(`${plain(error.message)}. Trying again until it answers`),
  })
  return refused === 0 ? 0 : refusedExit
}

/** `--state`, else the XDG state folder. */
function stateFolderOf({ env, account }: Context, given: string | undefined): string {
  const base = env.XDG_STATE_HOME || join(account.home, '.local', 'state')
  return resolve(given ?? join(base, 'goalpost'))
}

type ToRegister = {
  readonly folder: string
  readonly file: FoundFile
  readonly model: string
  readonly fields: ReturnType<typeof registrationFields>
}

/** Null if the file has changed since it was seen. */
async function registerFile(
  api: ServiceApi,
  { folder, file, model, fields }: ToRegister,
): Promise<ModelVersionView | null> {
  const path = join(folder, file.name)
  const bytes = await readUpload(path)
  const after = await stat(path).catch(() => null)
  if (after === null || !looksLike(after, file)) return null
  const { hash } = await uploadFile(api, path, bytes)
  if (hash !== createHash('sha256').update(bytes).digest('hex'))
    throw new GoalpostError('unavailable', `The service received other bytes than ${file.name} has`)
  const step = stepInName(file.name)
  const registration = { ...fields, ...(step === null ? {} : { step }), artifact: hash }
  return (await api.registerVersion(model, registration)).version
}

type Reported = { readonly file: FoundFile; readonly version: ModelVersionView }

/** With `--json` one line for each file, as the watch has no end. */
function report(context: Context, global: GlobalOptions, { file, version }: Reported): void {
  if (global.json) context.print(JSON.stringify({ file: file.name, version }))
  else context.print(`${versionLine(context, version)}  ${context.terminal.colours.dim(plain(file.name))}`)
}
