import { GoalpostError, bulkActions, bulkChange, type BulkChangeInput, type BulkOutcome } from '@goalpost/contracts'
import { printJson, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export type BulkOptions = {
  readonly filter?: string
  readonly state?: string
  readonly label?: string
  readonly name?: string
  readonly before?: string
  readonly archived?: boolean
  readonly limit?: string
  readonly save?: string
  readonly yes?: boolean
}

/** Shows what it would do, or does it with `--yes`. */
export async function bulk({
  context,
  global,
  args: [action = ''],
  options,
}: Invocation<BulkOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const saved = options.filter === undefined ? {} : (await api.filter(options.filter)).filter
      const change = toChange(action, options, saved)
      if (options.save !== undefined) {
        const filter = await api.saveFilter(options.save, change.filter)
        return global.json ? printJson(context, filter) : context.print(`Saved the filter ${plain(filter.name)}`)
      }
      const outcome = await api.changeExperiments(change)
      if (global.json) return printJson(context, outcome)
      show(context, change, outcome)
    },
  })
}

/** Given options come before those of the saved filter. */
export function toChange(action: string, options: BulkOptions, saved: BulkChangeInput['filter']): BulkChangeInput {
  const { state, label, name, before, archived, limit, yes } = options
  const given = {
    ...(state !== undefined && { state }),
    ...(label !== undefined && { label }),
    ...(name !== undefined && { name }),
    ...(before !== undefined && { createdBefore: before }),
    ...(archived && { archived: 'only' }),
  }
  const most = limit === undefined ? {} : { limit: Number(limit) }
  const parsed = bulkChange.safeParse({ action, filter: { ...saved, ...given }, ...most, dryRun: yes !== true })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const what = issue?.path[0] === 'action' ? `The action must be one of ${bulkActions.join(', ')}` : issue?.message
  throw new GoalpostError('invalid-request', `${what}${issue?.path.length === 2 ? `: ${String(issue.path[1])}` : ''}`)
}

function show(context: Context, { action, dryRun }: BulkChangeInput, { done, refused, more }: BulkOutcome): void {
  for (const { id, name } of done) context.print(`${dryRun ? 'would ' : ''}${action}  ${shortId(id)}  ${plain(name)}`)
  for (const { id, name, message } of refused) context.print(`refused  ${shortId(id)}  ${plain(name)}: ${message}`)
  if (done.length + refused.length === 0) context.print('No experiment matches')
  else if (dryRun) context.print(`${done.length} experiments; nothing was changed: add --yes`)
  if (more) context.print('There are more: repeat it, or raise --limit (1,000 at most)')
}
