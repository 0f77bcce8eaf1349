import type { Outlook } from '@goalpost/experiments'

/** Nothing is due, in a process that does not lead. */
export const idleOutlook: Outlook = {
  leads: false,
  workers: 1,
  ready: false,
  queued: false,
  expired: false,
  schedules: false,
  gates: false,
  searches: false,
  deadlines: false,
  outranked: false,
  webhooks: false,
  dueInMs: null,
}
