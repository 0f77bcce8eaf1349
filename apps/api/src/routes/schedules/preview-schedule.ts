import { schedulePreviewRequest, type SchedulePreview } from '@goalpost/contracts'
import { checkTiming, jitterKeyOf, nextOccurrences, presentOccurrence } from '@goalpost/experiments'
import { invalidSpec } from '@goalpost/submission'
import type { ApiDependencies } from '../../dependencies.ts'
import { requireFit } from '../../server/validation.ts'

const shown = 10

/** @throws GoalpostError `invalid-request` or `invalid-spec` with the issues by field. */
export function previewSchedule(
  { now }: Pick<ApiDependencies, 'now'>,
  workspaceId: string,
  body: unknown,
): SchedulePreview {
  const { name, ...timing } = requireFit(schedulePreviewRequest, body)
  const from = new Date(now())
  const issues = checkTiming(timing, from)
  if (issues.length > 0) throw invalidSpec(issues)
  const occurrences = nextOccurrences({ ...timing, jitterKey: jitterKeyOf(workspaceId, name) }, from, shown)
  return { occurrences: occurrences.map((occurrence) => presentOccurrence(timing, occurrence)) }
}
