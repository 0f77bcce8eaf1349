import type { InputIssue, ScheduleTiming } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { Cron } from 'croner'

type Expression = Pick<ScheduleTiming, 'cron' | 'timezone'>

const remedy =
  'Five fields: minute, hour, day of month, month, day of week, such as `0 3 * * MON-FRI`; or @hourly, @daily, @weekly, @monthly, @yearly'
const nicknames: ReadonlySet<string> = new Set(['@hourly', '@daily', '@weekly', '@monthly', '@yearly', '@annually'])

/**
 * The occurrences of a cron expression, strictly after `from`, earliest first. Daylight saving as in Vixie cron, which
 * croner follows: a fixed time (`30 2 * * *`) that the clock skips occurs at the first valid time after the gap, one
 * that the clock repeats occurs once, at the first of both; other expressions (every half hour) occur whenever the
 * local time matches, so also twice.
 */
export function occurrencesAfter(expression: Expression, from: Date, count: number): Date[] {
  return parse(expression).nextRuns(count, from)
}

/** The latest occurrence before or at `until`; null if there is none. */
export function lastOccurrence(expression: Expression, until: Date): Date | null {
  // `previousRuns` excludes its reference, and occurrences are at full seconds.
  return parse(expression).previousRuns(1, new Date(until.getTime() + 1_000 - (until.getTime() % 1_000)))[0] ?? null
}

/** The faults of an expression and a time zone, by field. */
export function checkCron({ cron, timezone }: Expression, from: Date): InputIssue[] {
  const zone = checkTimezone(timezone)
  const [fault] = [checkFields(cron)].flat()
  if (fault !== undefined) return [...zone, { pointer: '/cron', ...fault }]
  if (zone.length > 0 || occurrencesAfter({ cron, timezone }, from, 1).length > 0) return zone
  return [{ pointer: '/cron', message: `\`${cron}\` never occurs`, remedy: 'Check the day of month and the month' }]
}

function checkFields(cron: string): Omit<InputIssue, 'pointer'> | [] {
  const fields = cron.trim().split(/\s+/)
  const [first = ''] = fields
  if (first.startsWith('@'))
    return nicknames.has(cron.trim().toLowerCase()) ? [] : { message: `there is no nickname \`${cron}\``, remedy }
  // Croner also takes dates and seconds.
  if (fields.length !== 5) {
    const count = fields.length === 1 ? '1 field' : `${fields.length} fields`
    return { message: `must have 5 fields, but has ${count}`, remedy }
  }
  try {
    void parse({ cron, timezone: 'UTC' })
    return []
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    return { message: `\`${cron}\` is not a cron expression: ${reason}`, remedy }
  }
}

function checkTimezone(timezone: string): InputIssue[] {
  try {
    void new Intl.DateTimeFormat('en', { timeZone: timezone })
    // Offsets such as +02:00 would not follow daylight saving, which is what a reader of the file expects.
    if (/^[A-Za-z]/.test(timezone)) return []
  } catch {
    // A RangeError: explained below.
  }
  const suggestion = suggestName(timezone, ['UTC', ...Intl.supportedValuesOf('timeZone')])
  return [
    {
      pointer: '/timezone',
      message: `there is no time zone \`${timezone}\``,
      remedy: suggestion ?? 'Use an IANA name, such as UTC, Europe/Berlin or America/New_York',
    },
  ]
}

function parse({ cron, timezone }: Expression): Cron {
  return new Cron(cron.trim(), { timezone, paused: true, mode: '5-part' })
}
