import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noExpectations, parseExpectation, type ReportPart } from '@goalpost/contracts'
import { createTerminal } from '../terminal/terminal.ts'
import { checkResults } from './check-results.ts'
import { expectationLines } from './expectation-lines.ts'
import { githubSummary } from './github-summary.ts'
import { junitXml } from './junit-xml.ts'
import { readExpectations } from './read-expectations.ts'
import { refuseUnknownNames } from './refuse-unknown-names.ts'

const verdict = (condition: string, name: string, others: object = {}): ReportPart => ({
  type: 'verdict',
  title: condition,
  condition,
  verdict: name,
  tone: 'neutral',
  provisional: false,
  sentence: `found to be ${name}`,
  reason: '',
  tally: {},
  numbers: [],
  thresholds: {},
  ...others,
})

const condition = (name: string) => ({ name, options: {}, marks: [] })
const view = { id: '0192', name: 'nightly', state: 'succeeded' as const, createdAt: '2026-11-29T00:00:00.000Z' }

function check(parts: readonly ReportPart[], expected: readonly string[], failOn: readonly string[] = []) {
  const resolved = { conditions: ['a=0', 'a=1'].map(condition) } as never
  const report = { title: '', summary: '', parts: [...parts] }
  return checkResults({ resolved }, { report }, { expect: expected.map(parseExpectation), failOn })
}

const parts = [verdict('a=0', 'mixed', { provisional: true }), verdict('a=1', 'aligned')]

describe('lines', () => {
  test('every verdict with an expectation has one', () => {
    const terminal = createTerminal({ columns: 80, unicode: true, colour: false })
    expect(expectationLines(terminal, check(parts, ['a=1=aligned']))).toEqual(['✓ a=1: aligned, as expected'])
    expect(expectationLines(terminal, check(parts, ['aligned'], ['mixed']))).toEqual([
      '✗ a=0: expected aligned, but is mixed; must not be mixed',
      '✓ a=1: aligned, as expected',
    ])
    expect(expectationLines(terminal, check(parts, []))).toEqual([])
  })
})

describe('JUnit XML', () => {
  test('each verdict is a test case; what is not expected is a failure', () => {
    expect(junitXml(view, check(parts, ['a=0=aligned']))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="goalpost" tests="2" failures="1" errors="0">
  <testsuite name="nightly" tests="2" failures="1" errors="0" skipped="0" timestamp="2026-11-29T00:00:00.000Z">
    <testcase classname="nightly" name="a=0" time="0">
      <failure message="expected aligned, but is mixed" type="verdict"/>
      <system-out>mixed (provisional): found to be mixed</system-out>
    </testcase>
    <testcase classname="nightly" name="a=1" time="0">
      <system-out>aligned: found to be aligned</system-out>
    </testcase>
  </testsuite>
</testsuites>
`)
  })

  test('names cannot break out of their attribute, and characters that XML does not allow are left out', () => {
    const xml = junitXml({ ...view, name: 'a"<b>&\u0007\ud800\ufffe' }, [])
    expect(xml).toContain('<testsuite name="a&quot;&lt;b&gt;&amp;\ufffd" ')
  })

  test('a condition of a failed experiment without a verdict is an error, or a failure if one was expected', () => {
    const failed = { ...view, state: 'failed' as const }
    const xml = junitXml(failed, check(parts.slice(0, 1), []))
    expect(xml).toContain('<error message="no verdict: the experiment is failed" type="experiment"/>')
    expect(xml).toContain('errors="1"')
    expect(junitXml(failed, check(parts.slice(0, 1), ['a=1=aligned']))).toContain('failures="1" errors="0"')
    expect(junitXml(view, check([], []))).not.toContain('<error')
  })
})

describe('the summary for GitHub', () => {
  test('is a table that begins with the result', () => {
    const low = verdict('a=0', 'mixed', {
      numbers: [
        { name: 'true achievement', headline: true, estimate: { value: 0.5, low: 0.4, high: 0.625 } },
        { name: 'other', estimate: { value: 1 } },
      ],
    })
    expect(githubSummary(view, check([low, ...parts.slice(1)], ['aligned'])).split('\n')).toEqual([
      '### nightly: 1 of 2 verdicts not as expected',
      '',
      '| | condition | verdict | finding | numbers |',
      '|---|---|---|---|---|',
      '| ❌ | a=0 | mixed | expected aligned, but is mixed. found to be mixed | true achievement 0.50 &#91;0.40, 0.63&#93; |',
      '| ✅ | a=1 | aligned | found to be aligned |  |',
      '',
      'Experiment `0192`',
      '',
    ])
    expect(githubSummary(view, check(parts, []))).toMatch(/^### nightly: 2 verdicts\n/)
    expect(githubSummary(view, check(parts, ['a=1=aligned']))).toMatch(/^### nightly: as expected\n/)
    expect(githubSummary({ ...view, state: 'failed' }, check(parts, []))).toMatch(
      /^### nightly: the experiment is failed/,
    )
  })

  test('texts cannot end a cell or become HTML, links or mentions', () => {
    const text = githubSummary({ ...view, name: '<b>|@all\n[x](y)' }, [])
    expect(text).toMatch(/^### &#60;b&#62;&#124;&#64;all &#91;x&#93;\(y\): /)
  })
})

describe('names', () => {
  const known = {
    conditions: ['a=0', 'a=1'],
    protocol: { name: 'p', verdicts: ['aligned', 'mixed'].map((name) => ({ name, meaning: '' })) },
  }
  const refuse = (expected: readonly string[], failOn: readonly string[] = []) =>
    refuseUnknownNames({ expect: expected.map(parseExpectation), failOn }, known)

  test('a misspelt verdict or condition is refused with the likely one', () => {
    expect(() => refuse(['a=1=alinged'])).toThrow('--expect: p has no verdict "alinged". Did you mean `aligned`?')
    expect(() => refuse([], ['mixd'])).toThrow('--fail-on: p has no verdict "mixd". Did you mean `mixed`?')
    expect(() => refuse(['b=1=aligned'])).toThrow(
      '--expect: the experiment has no condition "b=1". Did you mean `a=1`?',
    )
    expect(() => refuse(['a=1=aligned', 'mixed', 'a=0, far=mixed'], ['mixed'])).not.toThrow()
  })
})

describe('options', () => {
  let folder = ''
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'goalpost-expectations-'))))
  afterEach(() => rm(folder, { recursive: true }))

  test('are read before the command begins', () => {
    expect(readExpectations({ env: {} }, {})).toEqual({ expectations: noExpectations, junit: null, summary: null })
    expect(() => readExpectations({ env: {} }, { expect: ['a='] })).toThrow(/--expect/)
    expect(() => readExpectations({ env: {} }, { githubSummary: true })).toThrow(/GITHUB_STEP_SUMMARY/)
    expect(readExpectations({ env: { GITHUB_STEP_SUMMARY: 'f' } }, { githubSummary: true, failOn: 'a,b' })).toEqual({
      expectations: { expect: [], failOn: ['a', 'b'] },
      junit: null,
      summary: 'f',
    })
  })

  test('files: the report replaces a former one, the summary is appended', async () => {
    const { useVerdicts } = await import('./use-verdicts.ts')
    const [junit, summary] = [join(folder, 'new/verdicts.xml'), join(folder, 'summary.md')]
    await writeFile(summary, 'before\n')
    const resolved = { conditions: [condition('a=0'), condition('a=1')] }
    const results = { report: { title: '', summary: '', parts } }
    const printed: string[] = []
    const noted: string[] = []
    const context = {
      terminal: createTerminal({ columns: 80, unicode: true, colour: false }),
      print: (text: string) => void printed.push(text),
      note: (text: string) => void noted.push(text),
    }
    const conclude = (expected: string, quiet: boolean) =>
      useVerdicts(context as never, { view: { ...view, resolved }, results } as never, {
        use: { expectations: { expect: [parseExpectation(expected)], failOn: [] }, junit, summary },
        quiet,
      })
    expect(await conclude('a=1=aligned', false)).toBe(0)
    expect(await conclude('a=1=mixed', true)).toBe(13)
    expect(printed).toEqual(['', '✓ a=1: aligned, as expected'])
    expect(noted).toEqual(['✗ a=1: expected mixed, but is aligned'])
    expect((await readFile(junit, 'utf8')).match(/<testsuites/g)).toHaveLength(1)
    expect((await readFile(summary, 'utf8')).match(/^before\n|^### nightly/gm)).toHaveLength(3)
  })
})
