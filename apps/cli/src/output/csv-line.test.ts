import { expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'

test('text that a spreadsheet would compute begins with an apostrophe', () => {
  const formula = '=HYPERLINK("http://example.org","open")'
  expect(csvLine([formula])).toBe(`"'=HYPERLINK(""http://example.org"",""open"")"`)
  expect(csvLine(['+1+1', '-cmd', '@sum', '\t=1'])).toBe("'+1+1,'-cmd,'@sum,'\t=1")
})

test('numbers stay numbers, also as text, and other text stays as it is', () => {
  expect(csvLine([-1, '-0.5', '+2e-3', 'a=b', 'x-1', null, undefined])).toBe('-1,-0.5,+2e-3,a=b,x-1,,')
})
