import { GoalpostError, hasExpectations, type Expectations, type ProtocolView } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'

/** The names that expectations may use. */
type Known = {
  readonly conditions: readonly string[]
  readonly protocol: Pick<ProtocolView, 'name' | 'verdicts'>
}

/**
 * Refuses expectations whose names do not exist: a misspelt verdict of `--fail-on` would never be found.
 * @throws GoalpostError `unknown-value`
 */
export function refuseUnknownNames(expectations: Expectations, { conditions, protocol }: Known): void {
  if (!hasExpectations(expectations)) return
  const verdicts = protocol.verdicts.map(({ name }) => name)
  const { expect, failOn } = expectations
  for (const name of expect.flatMap((each) => each.verdicts))
    if (!verdicts.includes(name)) throw unknown(`--expect: ${protocol.name} has no verdict`, name, verdicts)
  for (const name of failOn)
    if (!verdicts.includes(name)) throw unknown(`--fail-on: ${protocol.name} has no verdict`, name, verdicts)
  for (const { condition } of expect)
    // The title of one verdict of a condition begins with the condition, and is only known from the report.
    if (condition !== null && !conditions.some((known) => condition.startsWith(known)))
      throw unknown('--expect: the experiment has no condition', condition, conditions)
}

function unknown(what: string, name: string, known: readonly string[]): GoalpostError {
  const remedy = suggestName(name, known)
  const hint = remedy === undefined ? '' : `. ${remedy}`
  return new GoalpostError('unknown-value', `${what} ${JSON.stringify(name)}${hint}`)
}
