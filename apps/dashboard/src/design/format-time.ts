const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** E.g. `3 minutes ago`. */
export function relativeTime(atMs: number, nowMs: number): string {
  // Clocks of two machines differ by a little: nothing happens in the future.
  const seconds = Math.max(0, (nowMs - atMs) / 1_000)
  const found = units.find((each) => seconds >= each.seconds)
  return found === undefined ? 'just now' : format.format(-Math.floor(seconds / found.seconds), found.unit)
}

/** E.g. `about 3 minutes`. */
export function roughDuration(seconds: number): string {
  const found = units.find((each) => seconds >= each.seconds)
  if (found === undefined) return 'less than a minute'
  const count = Math.round(seconds / found.seconds)
  return `about ${count} ${found.unit}${count === 1 ? '' : 's'}`
}
