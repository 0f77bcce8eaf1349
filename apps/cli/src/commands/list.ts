import type { ExperimentSort, ExperimentState } from '@goalpost/contracts'
import { experimentSort, experimentState, GoalpostError } from '@goalpost/contracts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { shortId } from '../service/resolve-id.ts'
import { formatAge } from '../terminal/numbers.ts'
import { parseLimit } from '../terminal/parse-limit.ts'
import { renderTable } from '../terminal/table.ts'
import { plain } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'
import { paintState, stateText } from './describe-experiment.ts'
import { verdictCounts } from './verdict-counts.ts'

export type ListOptions = {
  readonly state?: string
  readonly name?: string
  readonly verdict?: string
  readonly label?: string
  readonly search?: string
  readonly archived?: boolean
  readonly sort?: string
  readonly limit?: string
}

export async function list({ context, global, options }: Invocation<ListOptions>): Promise<Outcome> {
  const query = {
    limit: parseLimit(options.limit ?? '20'),
    ...parseState(options.state),
    ...parseSort(options.sort),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.archived ? { archived: 'only' as const } : {}),
    ...(options.verdict === undefined ? {} : { verdict: options.verdict }),
    ...(options.label === undefined ? {} : { label: options.label }),
    ...(options.search === undefined ? {} : { search: options.search }),
  }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.experiments(query)
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0) return context.print(nothingText(options))
      const { times } = context.terminal.symbols
      const rows = items.map((item) => {
        const total = Object.values(item.tasks).reduce((sum, count) => sum + count, 0)
        return [
          { text: shortId(item.id) },
          {
            text: [stateText(context.terminal, item), ...verdictCounts(item)].join(context.terminal.symbols.separator),
            paint: (text: string) => paintState(context.terminal, item.state, text),
          },
          { text: plain(item.name) },
          { text: plain(item.protocol) },
          { text: `${item.conditions} ${times} ${item.seeds}` },
          { text: `${item.tasks.succeeded} of ${total}` },
          { text: formatAge(item.createdAt, context.now()) },
        ]
      })
      printLines(context, renderTable(context.terminal, { columns: columnsWith(times), rows }))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

function nothingText({ state, name, verdict, label, search, archived }: ListOptions): string {
  if (archived) return 'No archived experiment matches'
  const filtered = [state, name, verdict, label, search].some((filter) => filter !== undefined)
  return filtered ? 'No experiment matches' : 'No experiments yet. Start with:  npx goalpost run examples/smoke.yaml'
}

const columnsWith = (times: string) => [
  { title: 'id', whole: true },
  { title: 'state' },
  { title: 'name' },
  { title: 'protocol' },
  { title: `conditions ${times} seeds`, align: 'right' as const },
  { title: 'tasks done', align: 'right' as const },
  { title: 'created' },
]

function parseState(text: string | undefined): { state?: ExperimentState } {
  if (text === undefined) return {}
  // The word that the list prints.
  const parsed = experimentState.safeParse(text === 'finished' ? 'succeeded' : text)
  if (parsed.success) return { state: parsed.data }
  throw new GoalpostError(
    'invalid-request',
    `--state must be one of ${experimentState.options.join(', ')}, not ${JSON.stringify(text)}`,
  )
}

function parseSort(text: string | undefined): { sort?: ExperimentSort } {
  if (text === undefined) return {}
  const parsed = experimentSort.safeParse(text)
  if (parsed.success) return { sort: parsed.data }
  throw new GoalpostError(
    'invalid-request',
    `--sort must be one of ${experimentSort.options.join(', ')}, not ${JSON.stringify(text)}`,
  )
}
