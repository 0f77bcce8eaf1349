import { parseExpectation, parseFailOn, type Expectations } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { summaryFile } from '../github/step-summary.ts'
import type { ExpectationOptions } from './expectation-options.ts'

/** What to do with the verdicts at the end of a command. */
export type VerdictUse = {
  readonly expectations: Expectations
  /** The path of the JUnit XML report. */
  readonly junit: string | null
  /** The path of the file that GitHub shows as the summary of a step. */
  readonly summary: string | null
}

/**
 * Reads the options before the command begins, so that a mistake costs no experiment.
 * @throws GoalpostError `invalid-request`
 */
export function readExpectations(
  { env }: Pick<Context, 'env'>,
  { expect = [], failOn, junit, githubSummary = false }: ExpectationOptions,
): VerdictUse {
  return {
    expectations: {
      expect: expect.map(parseExpectation),
      failOn: failOn === undefined ? [] : parseFailOn(failOn),
    },
    junit: junit ?? null,
    summary: githubSummary ? summaryFile(env) : null,
  }
}
