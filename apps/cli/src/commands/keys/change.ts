import { GoalpostError, type ApiKeyView } from '@goalpost/contracts'
import { everyItem } from '@goalpost/client'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { parseDuration } from '../../terminal/parse-duration.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { showCreated } from './create.ts'

const hourMs = 3_600_000

export async function rotate({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<{ readonly grace?: string }>): Promise<Outcome> {
  const rotation = options.grace === undefined ? {} : { graceHours: parseDuration('--grace', options.grace) / hourMs }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { id } = await findKey(api, reference)
      showCreated(context, global, await api.rotateKey(id, rotation))
    },
  })
}

export async function revoke({ context, global, args: [reference = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const key = await api.revokeKey((await findKey(api, reference)).id)
      if (global.json) printJson(context, key)
      else context.print(`Revoked ${plain(key.name)} (${key.id})`)
    },
  })
}

/** By its id or the beginning of it, or by the name of exactly one active key. */
async function findKey(api: ServiceApi, reference: string): Promise<ApiKeyView> {
  const named: ApiKeyView[] = []
  for await (const key of everyItem((cursor) => api.keys({ cursor, limit: 200 }))) {
    if (key.id === reference) return key
    const meant = key.name === reference || (reference.length >= 13 && key.id.startsWith(reference))
    if (meant && key.state === 'active') named.push(key)
  }
  const [only] = named
  if (only === undefined)
    throw new GoalpostError('not-found', `There is no active key ${JSON.stringify(reference)}; see goalpost keys list`)
  if (named.length === 1) return only
  const ids = named.map(({ id }) => shortId(id)).join(', ')
  throw new GoalpostError(
    'invalid-request',
    `${named.length} keys are called ${JSON.stringify(reference)}: name one of ${ids}`,
  )
}
