/**
 * Prints `PASSED FAILED` over the reports of the named suites in every package, whether they ran or came from
 * turbo's cache. Skipped tests and missing reports count as failed. Names on stderr the tests that passed only when
 * they were tried again: each is a fault of the test or of the code, and is to be found.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'

export type Report = {
  readonly success: boolean
  readonly numTotalTests: number
  readonly numPassedTests: number
  readonly testResults?: readonly { readonly assertionResults: readonly TestResult[] }[]
}

type TestResult = { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] }

export type Count = { readonly passed: number; readonly failed: number; readonly flaky: readonly string[] }

/** A file that could not be loaded has no failed test: only `success` shows it. */
export function countReport(report: Report | null): Count {
  if (report === null) return { passed: 0, failed: 1, flaky: [] }
  const missed = report.numTotalTests - report.numPassedTests
  const results = (report.testResults ?? []).flatMap((file) => file.assertionResults)
  return {
    passed: report.numPassedTests,
    failed: report.success ? missed : Math.max(1, missed),
    flaky: results
      .filter((one) => one.status === 'passed' && one.failureMessages.length > 0)
      .map((one) => `${one.fullName}: ${one.failureMessages[0]}`),
  }
}

export function countTests(root: string, suites: readonly string[]): Count {
  const folders = ['.', ...globSync('{apps,packages}/*/package.json', { cwd: root }).map(path.dirname)]
  const files = suites.flatMap((name) => folders.map((folder) => path.join(root, folder, 'reports', `${name}.json`)))
  const counts = files.map((file) => countReport(readReport(file)))
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    flaky: counts.flatMap(({ flaky }) => flaky),
  }
}

function readReport(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null
}

if (import.meta.main) {
  const { passed, failed, flaky } = countTests(path.dirname(import.meta.dirname), process.argv.slice(2))
  for (const test of flaky) console.error(`Passed only when tried again: ${test}`)
  console.log(passed, failed)
}
