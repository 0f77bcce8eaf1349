import {
  GoalpostError,
  bulkActions,
  bulkChange,
  errorTable,
  type BulkChangeInput,
  type BulkOutcome,
} from '@goalpost/contracts'
import { printJson, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

/** Experiments of one request. */
const atOnce = 200

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

/** Shows what it would do, or does it with `--yes`. Exits with 5 if one was refused. */
export function bulk({ context, global, args: [action = ''], options }: Invocation<BulkOptions>): Promise<Outcome> {
  return withService(context, global, {
    need: 'read',
    async use({ api }) {
      const saved = options.filter === undefined ? {} : (await api.filter(options.filter)).filter
      const change = toChange(action, options, saved)
      if (options.save !== undefined) {
        const filter = await api.saveFilter(options.save, change.filter)
        return global.json ? printJson(context, filter) : context.print(`Saved the filter ${plain(filter.name)}`)
      }
      const total = await changeAll(change, {
        most: options.limit === undefined ? Infinity : Number(options.limit),
        send: api.changeExperiments,
        report: (outcome) => {
          if (!global.json) show(context, change, outcome)
        },
      })
      if (global.json) printJson(context, total)
      else summarise(context, change, total)
      return total.refused.length > 0 ? errorTable['state-conflict'].exit : 0
    },
  })
}

type Sending = {
  /** The most experiments. */
  readonly most: number
  send(change: BulkChangeInput): Promise<BulkOutcome>
  /** Called with each answer. */
  report(outcome: BulkOutcome): void
}

/** Goes on, request by request, to the last experiment that the filter chooses. */
export async function changeAll(change: BulkChangeInput, { most, send, report }: Sending): Promise<BulkOutcome> {
  const total: BulkOutcome = { done: [], refused: [], nextCursor: null }
  do {
    const limit = Math.min(atOnce, most - total.done.length - total.refused.length)
    const outcome = await send({ ...change, limit, ...(total.nextCursor !== null && { cursor: total.nextCursor }) })
    report(outcome)
    total.done.push(...outcome.done)
    total.refused.push(...outcome.refused)
    total.nextCursor = outcome.nextCursor
  } while (total.nextCursor !== null && total.done.length + total.refused.length < most)
  return total
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
  if (limit !== undefined && !/^[1-9]\d*$/.test(limit))
    throw new GoalpostError('invalid-request', '--limit must be a whole number from 1 on')
  const parsed = bulkChange.safeParse({ action, filter: { ...saved, ...given }, dryRun: yes !== true })
  if (parsed.success) return parsed.data
  throw new GoalpostError(
    'invalid-request',
    explainIssue(parsed.error.issues[0] ?? { path: [], message: 'is not valid' }),
  )
}

function explainIssue({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const [part, field] = path
  if (part === 'action') return `The action must be one of ${bulkActions.join(', ')}`
  return field === undefined ? `The filter ${message}` : `${message}: ${String(field)}`
}

function show(context: Context, { action, dryRun }: BulkChangeInput, { done, refused }: BulkOutcome): void {
  for (const { id, name } of done) context.print(`${dryRun ? 'would ' : ''}${action}  ${shortId(id)}  ${plain(name)}`)
  for (const { id, name, message } of refused) context.print(`refused  ${shortId(id)}  ${plain(name)}: ${message}`)
}

function summarise(context: Context, { action, dryRun }: BulkChangeInput, { done, refused, nextCursor }: BulkOutcome) {
  if (done.length + refused.length === 0) context.print(`No experiment to ${action} matches`)
  else if (dryRun) context.print(`${done.length} experiments; nothing was changed: add --yes`)
  else if (refused.length > 0) context.print(`${done.length} experiments changed, ${refused.length} refused`)
  if (nextCursor !== null) context.print('More experiments may match: raise --limit')
}
