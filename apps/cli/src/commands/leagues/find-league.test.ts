import { expect, test } from 'vitest'
import type { ServiceApi } from '../../service/service-api.ts'
import { findLeague } from './find-league.ts'

test('a league has the newest experiment of each of twenty names, and pages after them are not read', async () => {
  const pages: (string | undefined)[] = []
  const experiments = async ({ cursor }: { readonly cursor?: string }) => {
    pages.push(cursor)
    const page = pages.length
    // Every name twice, the newest first.
    const items = Array.from({ length: 24 }, (_, i) => ({ id: `${page}-${i}`, name: `${page}-${Math.floor(i / 2)}` }))
    return { items, nextCursor: page < 4 ? `after ${page}` : null }
  }
  const league = await findLeague({ experiments } as unknown as ServiceApi, [])
  expect(league).toHaveLength(20)
  expect(league.slice(10, 14)).toEqual(['1-20', '1-22', '2-0', '2-2'])
  expect(pages).toEqual([undefined, 'after 1'])
})
