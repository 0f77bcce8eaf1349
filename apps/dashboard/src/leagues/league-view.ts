/** The searches that are put together, by id; without any, those of the league. `condition` is one that a method is looked for. */
export type LeagueView = { readonly searches?: readonly string[]; readonly condition?: string }

/** Ignores what it does not know, as people edit addresses. */
export function parseLeagueView(search: Readonly<Record<string, unknown>>): LeagueView {
  const given = Array.isArray(search['searches']) ? search['searches'] : [search['searches']]
  const searches = [...new Set(given.filter((id): id is string => typeof id === 'string' && id !== ''))]
  const condition = search['condition']
  return {
    ...(searches.length > 0 ? { searches } : {}),
    ...(typeof condition === 'string' && condition !== '' ? { condition } : {}),
  }
}
