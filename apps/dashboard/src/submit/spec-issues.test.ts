import { expect, test } from 'vitest'
import { issuesAt, issueText } from './spec-issues.ts'

const issue = (pointer: string) => ({ pointer, message: 'is wrong' })
const issues = ['/options/steps', '/options/net/width', '/options/net', '/options/stepsize', '/seeds'].map(issue)

test('an issue stands at its field, or at the nearest around it that has one', () => {
  const at = (path: readonly string[], children: readonly string[] = []) =>
    issuesAt(issues, path, children).map(({ pointer }) => pointer)
  expect(at(['options', 'steps'])).toEqual(['/options/steps'])
  expect(at(['options'], ['steps', 'net'])).toEqual(['/options/stepsize'])
  expect(at(['options', 'net'], ['width'])).toEqual(['/options/net'])
  expect(at(['options', 'net'])).toEqual(['/options/net/width', '/options/net'])
  expect(at([], ['options'])).toEqual(['/seeds'])
})

test('an issue says what to do', () => {
  expect(issueText({ ...issue('/a'), remedy: 'Mend it' })).toBe('is wrong. Mend it')
})
