import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { countReport, countTests } from './count-tests.ts'

test.each([
  ['all passed', { success: true, numTotalTests: 5, numPassedTests: 5 }, { passed: 5, failed: 0 }],
  ['two failed', { success: false, numTotalTests: 5, numPassedTests: 3 }, { passed: 3, failed: 2 }],
  ['one was skipped', { success: true, numTotalTests: 5, numPassedTests: 4 }, { passed: 4, failed: 1 }],
  ['a file did not load', { success: false, numTotalTests: 5, numPassedTests: 5 }, { passed: 5, failed: 1 }],
  ['there is no report', null, { passed: 0, failed: 1 }],
])('a package of which %s counts so', (_, report, count) => {
  expect(countReport(report)).toEqual({ ...count, flaky: [] })
})

test('a test that passed only when it was tried again is named with its first error', () => {
  const assertionResults = [
    { fullName: 'steady', status: 'passed', failureMessages: [] },
    { fullName: 'flaky', status: 'passed', failureMessages: ['expected 1 to be 2'] },
    { fullName: 'broken', status: 'failed', failureMessages: ['no', 'no'] },
  ]
  const report = { success: false, numTotalTests: 3, numPassedTests: 2, testResults: [{ assertionResults }] }
  expect(countReport(report)).toEqual({ passed: 2, failed: 1, flaky: ['flaky: expected 1 to be 2'] })
})

test('a package without a report is a failure, however many others passed', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'goalpost-count-'))
  try {
    for (const folder of ['.', 'packages/one', 'packages/two']) {
      mkdirSync(path.join(root, folder, 'reports'), { recursive: true })
      writeFileSync(path.join(root, folder, 'package.json'), '{}')
      const report = { success: true, numTotalTests: 2, numPassedTests: 2 }
      writeFileSync(path.join(root, folder, 'reports/quick.json'), JSON.stringify(report))
    }
    expect(countTests(root, ['quick'])).toMatchObject({ passed: 6, failed: 0 })
    rmSync(path.join(root, 'packages/two/reports'), { recursive: true })
    expect(countTests(root, ['quick'])).toMatchObject({ passed: 4, failed: 1 })
  } finally {
    rmSync(root, { recursive: true })
  }
})
