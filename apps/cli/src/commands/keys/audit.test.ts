import { expect, test } from 'vitest'
import { auditCsv } from './audit.ts'

test('an audit log as CSV quotes what separates values, and leaves out what the service itself has not', () => {
  const subject = { type: 'filter', id: 'x', name: 'slow, "big"' }
  const keyId = '01900000-0000-7000-8000-000000000000'
  const at = '2030-01-01T00:00:00.000Z'
  const lines = auditCsv([
    {
      id: 2,
      at,
      action: 'filter.saved',
      actor: { keyId, name: 'ann' },
      address: '192.0.2.7',
      subject,
      before: null,
      after: { filter: { name: 'a' } },
    },
    { id: 1, at, action: 'filter.deleted', actor: null, address: null, subject, before: { a: 1 }, after: null },
  ])
  expect(lines).toEqual([
    'id,at,action,keyId,keyName,address,subjectType,subjectId,subjectName,before,after',
    `2,${at},filter.saved,${keyId},ann,192.0.2.7,filter,x,"slow, ""big""",,"{""filter"":{""name"":""a""}}"`,
    `1,${at},filter.deleted,,,,filter,x,"slow, ""big""","{""a"":1}",`,
  ])
})
