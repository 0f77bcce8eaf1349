/** Up to a quarter more or less: what many processes do regularly shall not happen in all of them at the same moment. */
export function jitter(ms: number, random: () => number = Math.random): number {
  return ms * (0.75 + random() / 2)
}
