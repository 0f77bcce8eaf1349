import { expect, it } from 'vitest'
import { createVersionPoll } from './version-poll.ts'

it('reads one statement for each workspace, and finds ids in any case', async () => {
  const asked: [string, readonly string[]][] = []
  const poll = createVersionPoll(
    {
      async versions(workspaceId, ids) {
        asked.push([workspaceId, ids])
        return new Map(ids.filter((id) => id !== 'c').map((id) => [id, { revision: workspaceId.length, sequence: 1 }]))
      },
    },
    0,
  )
  const found = await Promise.all([poll('one', 'a'), poll('three', 'A'), poll('one', 'B'), poll('one', 'c')])
  expect(found.map((version) => version?.revision ?? null)).toEqual([3, 5, 3, null])
  expect(asked).toEqual([
    ['one', ['a', 'b', 'c']],
    ['three', ['a']],
  ])
})
