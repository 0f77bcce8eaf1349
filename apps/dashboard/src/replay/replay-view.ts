/** The shown moment of an episode, as in the page's address: the same address shows the same picture. */
export type ReplayView = {
  readonly condition: string
  readonly seed: number
  /** Default: the first shifted suite. */
  readonly suite?: string
  /** The suite shown beside it, or `none`. Default: the first in-distribution suite. */
  readonly beside?: string
  /** All episodes in one picture, instead of one episode step by step. */
  readonly overlay?: boolean
  /** Place among the episodes, which are ordered. */
  readonly episode?: number
  readonly step?: number
  /** Steps per second while it plays. */
  readonly speed?: number
}

export const speeds: readonly number[] = [1, 3, 6, 12, 24]
export const usualSpeed = 6

/** Ignores what it does not know, as people edit addresses. */
export function parseReplayView(search: Readonly<Record<string, unknown>>): ReplayView {
  const { condition } = search
  const speed = countOf(search['speed'])
  return {
    // The router parses a condition named like a number as one.
    condition: typeof condition === 'string' || typeof condition === 'number' ? String(condition) : '',
    seed: countOf(search['seed']) ?? 0,
    ...given('suite', nameOf(search['suite'])),
    ...given('beside', nameOf(search['beside'])),
    ...(search['overlay'] === true ? { overlay: true } : {}),
    ...given('episode', countOf(search['episode'])),
    ...given('step', countOf(search['step'])),
    ...(speed !== undefined && speeds.includes(speed) ? { speed } : {}),
  }
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>)
}

/** The router parses a suite named like a number as one. */
function nameOf(value: unknown): string | undefined {
  const name = typeof value === 'number' ? String(value) : value
  return typeof name === 'string' && name !== '' ? name : undefined
}

function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
