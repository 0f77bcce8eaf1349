import { GoalpostError } from '@goalpost/contracts'

const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60, h: 3_600, d: 86_400 }

/** `90`, `90s`, `10m`, `2h` or `1d`, in milliseconds. */
export function parseDuration(flag: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text) ?? []
  const seconds = Number(amount) * (secondsOf[unit] ?? Number.NaN)
  if (seconds > 0) return seconds * 1_000
  throw new GoalpostError('invalid-request', `${flag} must look like 90s, 10m or 2h, not ${JSON.stringify(text)}`)
}
