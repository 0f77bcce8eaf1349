import {
  apiKeyScope,
  GoalpostError,
  type ApiKeyScope,
  type CreatedApiKey,
  type NewApiKeyInput,
} from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../../context.ts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseDuration } from '../../terminal/parse-duration.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeKey } from './describe-key.ts'

export type CreateOptions = { readonly scope?: string; readonly expires?: string; readonly workspace?: string }

export async function create({
  context,
  global,
  args: [name = ''],
  options,
}: Invocation<CreateOptions>): Promise<Outcome> {
  const key: NewApiKeyInput = { name, ...parseScope(options.scope), ...parseExpiry(options.expires) }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { workspace } = options
      const created = await (workspace === undefined ? api.createKey(key) : api.createWorkspaceKey(workspace, key))
      showCreated(context, global, created)
    },
  })
}

/** The secret alone on standard output, so that it can be piped into a file or a password store. */
export function showCreated(context: Context, global: GlobalOptions, created: CreatedApiKey): void {
  if (global.json) return printJson(context, created)
  for (const line of describeKey(context, created.key)) context.note(line)
  context.note('The secret is shown only once:')
  printLines(context, [created.secret])
}

export function parseScope(text: string | undefined): { scope?: ApiKeyScope } {
  if (text === undefined) return {}
  const scope = apiKeyScope.options.find((known) => known === text)
  if (scope !== undefined) return { scope }
  const known = apiKeyScope.options.join(', ')
  throw new GoalpostError('invalid-request', `--scope must be one of ${known}, not ${JSON.stringify(text)}`)
}

const dayMs = 86_400_000

function parseExpiry(text: string | undefined): { expiresInDays?: number } {
  return text === undefined ? {} : { expiresInDays: Math.max(1, Math.ceil(parseDuration('--expires', text) / dayMs)) }
}
