/** Up to a quarter more or less, so that many processes do not act at the same moment. */
export function jitter(ms: number, random: () => number = Math.random): number {
  return ms * (0.75 + random() / 2)
}
