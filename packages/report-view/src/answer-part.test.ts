import { expect, test } from 'vitest'
import { answerPart } from './answer-part.ts'
import { arrangeReport } from './arrange-report.ts'
import { exampleParts } from './examples/part-document.ts'
import { tableText } from './table-text.ts'

const sectionsOf = (...names: readonly string[]) => {
  const parts = names.flatMap((name) => exampleParts[name] ?? [])
  return arrangeReport({ report: { title: 'r', summary: 's', parts }, status: 'final' }).sections
}

test('verdicts are copied as a table, their headline numbers with intervals and counts', () => {
  const answer = answerPart(sectionsOf('verdict', 'table'))
  expect(answer === null ? '' : tableText(answer, 'csv')).toBe(
    `condition,verdict,position,position: low,position: high,position: count,seeds
"share=0, without any distinguishing examples",wrong goal,0.1,0.05,0.15000000000000002,5,"4 wrong goal, 1 undetermined"
`,
  )
})

test('without verdicts there is nothing to copy', () => {
  expect(answerPart(sectionsOf('table'))).toBeNull()
})
