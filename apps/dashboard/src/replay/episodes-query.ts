import { queryOptions } from '@tanstack/react-query'
import type { Client } from '@goalpost/client'
import { episodesOf } from './recorded-episode.ts'

/** As many as every evaluation keeps by default. */
const mostEpisodes = 64

type Wanted = {
  readonly id: string
  readonly protocol: string
  readonly condition: string
  readonly seed: number
  readonly suite: string | undefined
}

/** Kept episodes of one policy on one suite, wrong goals first. */
export function episodesQuery(client: Client, { id, protocol, condition, seed, suite }: Wanted) {
  return queryOptions({
    queryKey: ['episodes', id, condition, seed, suite ?? null],
    queryFn: async () => {
      const given = {
        policy: `${id}:${condition}/${seed}`,
        episodes: mostEpisodes,
        ...(suite === undefined ? {} : { suite }),
      }
      return episodesOf(await client.useTool({ protocol, group: 'levels', tool: 'replay' }, given))
    },
    // Kept episodes never change.
    staleTime: Infinity,
  })
}
