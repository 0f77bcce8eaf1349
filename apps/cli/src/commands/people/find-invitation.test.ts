import type { InvitationView } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { shortId } from '../../service/resolve-id.ts'
import { findInvitation } from './find-invitation.ts'

const invitation = (id: string, name: string, state: InvitationView['state'] = 'open'): InvitationView => ({
  id,
  name,
  state,
  scope: 'read',
  createdAt: '2030-01-01T00:00:00.000Z',
  expiresAt: '2030-01-08T00:00:00.000Z',
  acceptedAt: null,
})

const ada = invitation('01a227ab-3943-7000-8000-000000000001', 'ada')
const adaBefore = invitation('01a227ab-3942-7000-8000-000000000002', 'ada', 'accepted')
const grace = invitation('01a227ab-3941-7000-8000-000000000003', 'grace')
const graceAgain = invitation('01a227ab-3941-7000-8000-000000000004', 'grace')

/** Each invitation is a page of its own. */
const all = [ada, adaBefore, grace, graceAgain]
const api = {
  invitations: ({ cursor = '0' }: { readonly cursor?: string }) => {
    const next = Number(cursor) + 1
    return Promise.resolve({ items: [all[next - 1]!], nextCursor: next < all.length ? String(next) : null })
  },
}

describe('an invitation is found', () => {
  test.each([
    ['its id', grace.id, grace],
    ['the id that the list shows', shortId(ada.id), ada],
    ['the beginning of the id in capitals', graceAgain.id.toUpperCase(), graceAgain],
    ['the name of the only open one', 'ada', ada],
    ['the id of one that is not open, whose state the service explains', shortId(adaBefore.id), adaBefore],
  ])('by %s', async (_what, reference, expected) => {
    expect(await findInvitation(api, reference)).toEqual(expected)
  })

  test.each([
    ['01a227', 'not-found', 'see goalpost invitations list'],
    ['nobody', 'not-found', 'see goalpost invitations list'],
    ['', 'not-found', 'see goalpost invitations list'],
    ['grace', 'invalid-request', `${grace.id}, ${graceAgain.id}`],
    [shortId(grace.id), 'invalid-request', `${grace.id}, ${graceAgain.id}`],
  ])('not by %j', async (reference, code, message) => {
    await expect(findInvitation(api, reference)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    })
  })
})
