/** Which level of a suite, from 0; without it the first. */
export type LevelSearchParams = { readonly index?: number }

/** Ignores what it does not know, as people edit addresses. */
export function parseLevelSearch({ index }: Readonly<Record<string, unknown>>): LevelSearchParams {
  return typeof index === 'number' && Number.isInteger(index) && index > 0 ? { index } : {}
}
