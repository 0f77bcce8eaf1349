const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** E.g. `3 minutes ago`. Without Intl, whose first use takes as long as drawing the first rows of a list. */
export function relativeTime(atMs: number, nowMs: number): string {
  // Clocks of two machines differ by a little: nothing happens in the future.
  const seconds = Math.max(0, (nowMs - atMs) / 1_000)
  const found = units.find((each) => seconds >= each.seconds)
  if (found === undefined) return 'just now'
  const count = Math.floor(seconds / found.seconds)
  return count === 1 && found.unit === 'day' ? 'yesterday' : `${count} ${found.unit}${count === 1 ? '' : 's'} ago`
}

/** Date and time as people at this place write them, with the zone. */
export function exactTime(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })
}

/** E.g. `about 3 minutes`. */
export function roughDuration(seconds: number): string {
  const found = units.find((each) => seconds >= each.seconds)
  if (found === undefined) return 'less than a minute'
  const count = Math.round(seconds / found.seconds)
  return `about ${count} ${found.unit}${count === 1 ? '' : 's'}`
}
