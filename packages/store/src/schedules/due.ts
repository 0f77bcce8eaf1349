import type { DueScheduleRow } from '@goalpost/experiments'
import type { Change } from '../tasks/change.ts'

/** Without a lock: `fireSchedule` decides again. */
export async function readDue(
  { queries, now }: Change,
  limit: number,
  except: readonly string[],
): Promise<DueScheduleRow[]> {
  return queries.$queryRaw<DueScheduleRow[]>`
    SELECT s.id, s.workspace_id AS "workspaceId", s.name, s.revision, s.sent FROM schedules s
    WHERE s.id <> ALL(${except}::uuid[]) AND (s.next_start_at <= ${now.toISOString()}::timestamptz
      OR (s.queued_at IS NOT NULL AND EXISTS (SELECT FROM experiments e
        WHERE e.id = s.latest_experiment_id AND e.state IN ('succeeded', 'failed', 'cancelled'))))
    ORDER BY least(s.next_start_at, s.queued_at), s.id LIMIT ${limit}::int`
}
