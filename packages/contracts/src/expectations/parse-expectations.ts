import { GoalpostError } from '../errors.ts'

/** A verdict that is required of a condition. */
export type Expectation = {
  /** The condition, or the title of one of its verdicts; null for all conditions. */
  readonly condition: string | null
  /** Any of these verdicts meets the expectation. */
  readonly verdicts: readonly string[]
}

export type Expectations = {
  readonly expect: readonly Expectation[]
  /** Verdicts that no condition may have. */
  readonly failOn: readonly string[]
}

export const noExpectations: Expectations = { expect: [], failOn: [] }

export function hasExpectations({ expect, failOn }: Expectations): boolean {
  return expect.length > 0 || failOn.length > 0
}

/**
 * `CONDITION=VERDICT`, or `VERDICT` alone for all conditions; several verdicts are separated by commas. Names of
 * conditions contain `=` themselves, so the last one separates.
 * @throws GoalpostError `invalid-request`
 */
export function parseExpectation(text: string): Expectation {
  const equals = text.lastIndexOf('=')
  const condition = equals < 0 ? null : text.slice(0, equals).trim()
  const verdicts = parseVerdictNames(text.slice(equals + 1))
  if (verdicts !== null && condition !== '') return { condition, verdicts }
  throw new GoalpostError(
    'invalid-request',
    `--expect must look like CONDITION=VERDICT, or VERDICT for all conditions, not ${JSON.stringify(text)}`,
  )
}

/**
 * The verdicts of `--fail-on`, separated by commas.
 * @throws GoalpostError `invalid-request`
 */
export function parseFailOn(text: string): readonly string[] {
  const verdicts = parseVerdictNames(text)
  if (verdicts !== null) return verdicts
  throw new GoalpostError(
    'invalid-request',
    `--fail-on must be names of verdicts with commas between them, not ${JSON.stringify(text)}`,
  )
}

/** Null if one of the names cannot be a verdict's: these are in kebab case. */
function parseVerdictNames(text: string): readonly string[] | null {
  const names = text.split(',').map((name) => name.trim())
  return names.every((name) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) ? names : null
}
