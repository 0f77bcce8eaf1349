import path from 'node:path'
import { reportPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { exampleParts } from '../examples/example-parts.ts'
import { partDocument } from '../examples/part-document.ts'

const folder = path.resolve(import.meta.dirname, '../../snapshots')
/** One element a line, so that a change is seen where it is. */
const lines = (document: string): string =>
  `${document.slice(document.indexOf('<main>'), document.indexOf('</body>')).replaceAll('><', '>\n<')}\n`

test.each(Object.entries(exampleParts))('%s is drawn as it was', async (name, part) => {
  await expect(lines(partDocument(name, part))).toMatchFileSnapshot(path.join(folder, `${name}.snap`))
})

test('there is an example of each kind of part', () => {
  const kinds = reportPart.options.map(({ shape }) => shape.type.value)
  expect([...new Set(Object.values(exampleParts).map(({ type }) => type))].toSorted()).toEqual(kinds.toSorted())
})

test.each(Object.entries(exampleParts))('%s has no number that is none', (name, part) => {
  expect(lines(partDocument(name, part))).not.toMatch(/NaN|Infinity|undefined/)
})
