/** The training step in a file name: the number after `step`, else the last number. Null if there is none. */
export function stepInName(name: string): number | null {
  const stem = name.replace(/\.[A-Za-z]\w*$/, '')
  const digits = /step[-_=. ]?(\d+)/i.exec(stem)?.[1] ?? stem.match(/\d+/g)?.at(-1)
  const step = Number(digits ?? Number.NaN)
  return Number.isSafeInteger(step) ? step : null
}
