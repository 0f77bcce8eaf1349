import { GoalpostError } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { issuesNow } from './kept-issues.ts'

const refused = { pointer: '/seeds', message: 'is wrong' }
const error = new GoalpostError('invalid-spec', '', { issues: [refused] })
const answer = { isError: false, isSuccess: false, isPlaceholderData: false, error: null }
const failed = { ...answer, isError: true, error }

test('issues stay until the service has answered again', () => {
  const first = issuesNow({ start: 0, issues: [] }, failed, 0)
  expect(first.issues).toEqual([refused])
  for (const waiting of [answer, { ...answer, isSuccess: true, isPlaceholderData: true }])
    expect(issuesNow(first, waiting, 0)).toBe(first)
  expect(issuesNow(first, { ...answer, isSuccess: true }, 0).issues).toEqual([])
})

test('another starting point begins without issues', () => {
  expect(issuesNow({ start: 0, issues: [refused] }, answer, 1)).toEqual({ start: 1, issues: [] })
})

test('nothing changes without another answer, so that the form is not drawn again', () => {
  for (const same of [answer, failed, { ...answer, isSuccess: true }]) {
    const first = issuesNow({ start: 0, issues: [] }, same, 0)
    expect(issuesNow(first, same, 0)).toBe(first)
  }
})
