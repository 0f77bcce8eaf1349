import { device as deviceSchema, noEngine, type EngineOnOffer } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'
import { Prisma } from '../generated/client.ts'
import type { Change } from '../tasks/change.ts'
import type { Running, Waiting } from './choose-preemptions.ts'

const devices = deviceSchema.options

/**
 * Common table expressions that follow `offers`, of devices and engines. `lowest` is the lowest priority at which each
 * workspace runs a task that could leave its slot. `shares` jumps there from one experiment with long ready tasks to the
 * next (a loose index scan): the cost grows with their number, and not with that of their tasks; it is nothing while no such task runs.
 */
const shares = `
  lowest AS (
    SELECT workspace_id, device, min(priority) AS priority FROM tasks
    WHERE state = 'running' AND lane = 'any' AND NOT short AND NOT preempt_requested AND NOT cancel_requested AND NOT held
    GROUP BY workspace_id, device
  ), lanes AS (
    SELECT l.*, o.engine FROM lowest l JOIN offers o ON o.device = l.device
  ), shares AS (
    SELECT l.*, (SELECT t.share_id FROM tasks t
      WHERE t.state = 'ready' AND t.device = l.device AND NOT t.short AND t.engine = l.engine
        AND t.workspace_id = l.workspace_id ORDER BY t.share_id LIMIT 1) AS share_id
    FROM lanes l
    UNION ALL
    SELECT s.workspace_id, s.device, s.priority, s.engine, (SELECT t.share_id FROM tasks t
      WHERE t.state = 'ready' AND t.device = s.device AND NOT t.short AND t.engine = s.engine
        AND t.workspace_id = s.workspace_id AND t.share_id > s.share_id ORDER BY t.share_id LIMIT 1)
    FROM shares s WHERE s.share_id IS NOT NULL
  )`

/** Whether a long task waits that is above one that could leave its slot. Engines that only absent workers had count too. */
export const isOutranked = `EXISTS (
  WITH RECURSIVE offers AS (
    SELECT d.device, '${noEngine}' AS engine FROM (VALUES ('cpu'), ('gpu')) AS d(device)
    UNION SELECT e ->> 'device', e ->> 'name' FROM workers w CROSS JOIN jsonb_array_elements(w.engines) AS e
  ), ${shares}
  SELECT 1 FROM shares s JOIN tasks t ON t.state = 'ready' AND t.device = s.device AND NOT t.short AND t.engine = s.engine
    AND t.workspace_id = s.workspace_id AND t.share_id = s.share_id AND t.priority > s.priority
  UNION ALL
  SELECT 1 FROM lowest l JOIN tasks t ON t.state = 'queued' AND t.device = l.device AND NOT t.short
    AND t.workspace_id = l.workspace_id AND t.priority > l.priority)`

/** For each engine of each workspace at most so many; what waits beyond them finds a slot at a later look. */
const mostWaiting = 100

/** Those above a running task of their workspace: by priority within a workspace, and one of each workspace in turn. */
export async function readOutranking(
  { queries, now }: Pick<Change, 'queries' | 'now'>,
  offers: readonly Pick<EngineOnOffer, 'device' | 'name'>[],
): Promise<Waiting[]> {
  const at = [...devices.map((device) => ({ device, name: noEngine })), ...offers]
  return queries.$queryRaw<Waiting[]>`
    WITH RECURSIVE offers AS (
      SELECT * FROM unnest(${at.map(({ device }) => device)}::text[], ${at.map(({ name }) => name)}::text[]) AS o(device, engine)
    ), ${Prisma.raw(shares)}, waiting AS (
      SELECT t.* FROM shares s CROSS JOIN LATERAL (
        SELECT id, workspace_id, device, engine, priority, rank, state FROM tasks
        WHERE state = 'ready' AND device = s.device AND NOT short AND engine = s.engine
          AND workspace_id = s.workspace_id AND share_id = s.share_id AND priority > s.priority
          AND (not_before IS NULL OR not_before <= ${now.toISOString()}::timestamptz)
        ORDER BY priority DESC, rank DESC, id LIMIT ${mostWaiting}::int
      ) t
      UNION ALL
      SELECT t.* FROM lowest l CROSS JOIN LATERAL (
        SELECT id, workspace_id, device, engine, priority, rank, state FROM tasks
        WHERE state = 'queued' AND device = l.device AND NOT short
          AND workspace_id = l.workspace_id AND priority > l.priority
        ORDER BY priority DESC, rank DESC, id LIMIT ${mostWaiting}::int
      ) t
    ), counted AS (
      SELECT w.*, row_number() OVER (PARTITION BY workspace_id, device ORDER BY priority DESC, rank DESC, id) AS turn,
        row_number() OVER (PARTITION BY workspace_id, device, engine ORDER BY priority DESC, rank DESC, id) AS nth
      FROM waiting w
    )
    SELECT id, workspace_id AS "workspaceId", device, engine, priority, state FROM counted
    WHERE nth <= ${mostWaiting}::int ORDER BY turn, priority DESC, rank DESC, id`
}

/** Those that have a slot. */
export async function readRunning(queries: Queries): Promise<Running[]> {
  return queries.$queryRaw<Running[]>`
    SELECT t.id, t.workspace_id AS "workspaceId", t.device, t.worker, t.epoch, t.priority, a.started_at AS "startedAt",
      t.lane, t.short, t.preempt_requested OR t.cancel_requested OR t.held AS asked,
      EXISTS (SELECT FROM checkpoints c WHERE c.task_id = t.id) AS "hasCheckpoint"
    FROM tasks t JOIN attempts a ON a.task_id = t.id AND a.epoch = t.epoch WHERE t.state = 'running'`
}
