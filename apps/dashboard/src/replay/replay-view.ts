/** The shown moment of an episode, as in the page's address: the same address shows the same picture. */
export type ReplayView = {
  readonly condition: string
  readonly seed: number
  /** Default: the first shifted suite. */
  readonly suite?: string
  /** Place among the episodes, which are ordered. */
  readonly episode?: number
  readonly step?: number
}

/** Ignores what it does not know, as people edit addresses. */
export function parseReplayView(search: Readonly<Record<string, unknown>>): ReplayView {
  const { condition, suite } = search
  const episode = countOf(search['episode'])
  const step = countOf(search['step'])
  return {
    // The router parses a condition named like a number as one.
    condition: typeof condition === 'string' || typeof condition === 'number' ? String(condition) : '',
    seed: countOf(search['seed']) ?? 0,
    ...(typeof suite === 'string' && suite !== '' ? { suite } : {}),
    ...(episode === undefined ? {} : { episode }),
    ...(step === undefined ? {} : { step }),
  }
}

function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
