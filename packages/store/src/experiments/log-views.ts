import { logLevel, type LogLine } from '@goalpost/contracts'
import type { LogQuery, LogSource, Page } from '@goalpost/experiments'
import { decodeCursor, encodeCursor } from '../database/cursor.ts'
import { literally } from '../database/literally.ts'
import type { Queries } from '../database/open-database.ts'
import { Prisma } from '../generated/client.ts'

/** Lines that one request looks through for those that match, which bounds its time. */
const lookedAtOnce = 10_000

type Row = {
  readonly id: bigint
  readonly taskId: string
  readonly epoch: number
  readonly at: Date
  readonly level: string
  readonly message: string
}
/** Behind the line with this id of this task. */
type Position = { readonly taskId: string; readonly id: number }

/** In the order in which they arrived, task by task. Reads the index of a task's lines from the cursor on. */
export async function readLogs(queries: Queries, source: LogSource, query: LogQuery): Promise<Page<LogLine>> {
  const { limit, level, search } = query
  const filters = level !== undefined || search !== undefined
  const after = readCursor(source, query.cursor)
  const page = { after, limit: filters ? lookedAtOnce : limit + 1 }
  const lines = 'taskId' in source ? linesOfTask(source.taskId, page) : linesOfExperiment(source.experimentId, page)
  const rows = await queries.$queryRaw<(Row & { readonly matches: boolean; readonly looked: bigint })[]>`
    WITH looked AS MATERIALIZED (${lines}),
      counted AS (SELECT *, row_number() OVER (ORDER BY task_id, id) AS looked, ${matching(query)} AS matches FROM looked)
    (SELECT id, task_id AS "taskId", epoch, at, level, message, matches, looked
      FROM counted WHERE matches ORDER BY looked LIMIT ${limit + 1}::int)
    UNION ALL
    (SELECT id, task_id, epoch, at, level, message, false, looked
      FROM counted ORDER BY looked DESC LIMIT 1)`
  return toPage(rows, { source, limit, filters })
}

type Answer = { readonly source: LogSource; readonly limit: number; readonly filters: boolean }

/** The last row is not a match but where the search ended, which is where the next one begins if it was cut off. */
function toPage(
  rows: readonly (Row & { readonly matches: boolean; readonly looked: bigint })[],
  { source, limit, filters }: Answer,
): Page<LogLine> {
  const found = rows.filter(({ matches }) => matches)
  const items = found.slice(0, limit)
  const end = rows.find(({ matches }) => !matches)
  const isCutOff = filters && end !== undefined && Number(end.looked) === lookedAtOnce
  const last = found.length > limit ? items.at(-1) : isCutOff ? end : undefined
  return {
    items: items.map(({ taskId, epoch, at, level, message }) => ({
      taskId,
      epoch,
      at: at.toISOString(),
      level: logLevel.parse(level),
      message,
    })),
    nextCursor: last === undefined ? null : writeCursor(source, last),
  }
}

type Lines = { readonly after: Position; readonly limit: number }

function linesOfTask(taskId: string, { after, limit }: Lines): Prisma.Sql {
  return Prisma.sql`
    SELECT g.* FROM logs g WHERE g.task_id = ${taskId}::uuid AND g.id > ${after.id}::bigint
    ORDER BY g.task_id, g.id LIMIT ${limit}::int`
}

/** No task gives more than the page holds, and that of the cursor none of the lines before it: pages cost the same. */
export function linesOfExperiment(experimentId: string, { after, limit }: Lines): Prisma.Sql {
  return Prisma.sql`
    SELECT g.* FROM experiment_tasks e CROSS JOIN LATERAL (
      SELECT * FROM logs l
      WHERE l.task_id = e.task_id AND l.id > CASE WHEN e.task_id = ${after.taskId}::uuid THEN ${after.id}::bigint ELSE 0 END
      ORDER BY l.id LIMIT ${limit}::int) g
    WHERE e.experiment_id = ${experimentId}::uuid AND e.task_id >= ${after.taskId}::uuid
    ORDER BY e.task_id, g.id LIMIT ${limit}::int`
}

function matching({ level, search }: LogQuery): Prisma.Sql {
  const atLeast = level === undefined ? [] : logLevel.options.slice(logLevel.options.indexOf(level))
  const ofLevel = level === undefined ? Prisma.sql`true` : Prisma.sql`level = ANY(${[...atLeast]}::text[])`
  return search === undefined ? ofLevel : Prisma.sql`(${ofLevel} AND message ILIKE ${`%${literally(search)}%`})`
}

const firstTask = '00000000-0000-0000-0000-000000000000'

/** Of a task: the line. Of an experiment: the task and the line. */
function readCursor(source: LogSource, cursor: string | undefined): Position {
  if (cursor === undefined) return { taskId: firstTask, id: 0 }
  if ('taskId' in source) {
    const [id] = decodeCursor(cursor, ['number'])
    return { taskId: source.taskId, id: Number(id) }
  }
  const [taskId, id] = decodeCursor(cursor, ['id', 'number'])
  return { taskId: String(taskId), id: Number(id) }
}

function writeCursor(source: LogSource, { taskId, id }: Pick<Row, 'taskId' | 'id'>): string {
  return encodeCursor('taskId' in source ? [Number(id)] : [taskId, Number(id)])
}
