import type { ExperimentView } from '@goalpost/contracts'
import { plain } from '../terminal/text.ts'
import type { Checked } from './check-results.ts'

/**
 * The verdicts as JUnit XML, in the form that Jenkins, GitLab and GitHub's reporters read: one test case for each
 * verdict. What is expected and not met is a failure; conditions of a failed experiment without a verdict are errors.
 */
export function junitXml(
  view: Pick<ExperimentView, 'name' | 'state' | 'createdAt'>,
  checked: readonly Checked[],
): string {
  const cases = checked.map((each) => testCase(view, each))
  const failures = checked.filter(({ unmet }) => unmet.length > 0).length
  const errors = checked.filter((each) => isError(view, each)).length
  const counts = attributes({ tests: checked.length, failures, errors })
  const totals = attributes({
    name: view.name,
    tests: checked.length,
    failures,
    errors,
    skipped: 0,
    timestamp: view.createdAt,
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="goalpost"${counts}>`,
    `  <testsuite${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

type State = Pick<ExperimentView, 'state'>

/** A case is a failure or an error, never both. */
function isError({ state }: State, { verdict, unmet }: Checked): boolean {
  return state !== 'succeeded' && verdict === null && unmet.length === 0
}

function testCase(view: State & { readonly name: string }, each: Checked): string {
  const { title, verdict, unmet } = each
  const inside = [
    ...(unmet.length === 0 ? [] : [`<failure${attributes({ message: unmet.join('; '), type: 'verdict' })}/>`]),
    ...(isError(view, each)
      ? [`<error${attributes({ message: `no verdict: the experiment is ${view.state}`, type: 'experiment' })}/>`]
      : []),
    ...(verdict === null ? [] : [`<system-out>${escapeXml(describe(verdict))}</system-out>`]),
  ]
  const open = `    <testcase${attributes({ classname: view.name, name: title, time: 0 })}`
  return inside.length === 0
    ? `${open}/>`
    : [`${open}>`, ...inside.map((line) => `      ${line}`), '    </testcase>'].join('\n')
}

function describe({ verdict, sentence, reason, provisional }: NonNullable<Checked['verdict']>): string {
  return `${verdict}${provisional ? ' (provisional)' : ''}: ${sentence ?? reason}`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** XML 1.0 allows no other control characters, surrogates or non-characters, not even escaped. */
function escapeXml(text: string): string {
  return plain(text)
    .toWellFormed()
    .replaceAll(/[\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"\n\t]/g, (character) => entities[character] ?? '')
}
