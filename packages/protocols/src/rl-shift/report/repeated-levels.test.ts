import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { createEvidenceFiles } from './evidence-files.ts'
import { excludedFromEither, findRepeatedLevels, repeatedLevelsNote, repeatedLevelsTable } from './repeated-levels.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

const suite = { name: 'shifted', role: 'shifted', levels: 8 } as Suite

/** One run per row of marks: 1 where its policy was trained on that level; null if unknown. */
function evidenceOf(marks: readonly (string | null)[]) {
  const artifacts = new Map<string, Uint8Array>()
  const runs = marks.map((row, seed): RunEvidence => {
    const hash = `marks of ${seed}`
    if (row !== null) artifacts.set(hash, Uint8Array.from(row, Number))
    const kept = { name: 'trained-on/shifted', hash, bytes: 8, mediaType: 'application/octet-stream', evidence: true }
    const result = { measures: [], artifacts: row === null ? [] : [kept] }
    return { seed, state: 'succeeded', tasks: [{ key: 'evaluate@9', kind: 'evaluate', inputs: { step: 9 }, result }] }
  })
  const evidence: ConditionEvidence = { name: 'a', options: {}, marks: [], runs }
  return { evidence, artifacts }
}

function find(...marks: readonly (string | null)[]) {
  const { evidence, artifacts } = evidenceOf(marks)
  return findRepeatedLevels({ evidence, files: createEvidenceFiles(artifacts) }, suite)
}

test('a level counts if any of the policies was trained on it', () => {
  const [repeated] = find('01000010', '01000001')
  expect(repeated).toMatchObject({ bySeed: [2, 2], anyCount: 3, leftOut: true })
  expect([...repeated!.any].join('')).toBe('01000011')
})

test('they are excluded while half of the suite remains, and otherwise kept with a warning', () => {
  expect(find('11110000')[0]!.leftOut).toBe(true)
  expect(find('11111000')[0]!.leftOut).toBe(false)
  expect(repeatedLevelsNote(find('11110000'), 'shifted')).toEqual([
    '4 of the 8 levels of shifted were trained on and are excluded.',
  ])
  expect(repeatedLevelsNote(find('10000000'), 'shifted')).toEqual([
    '1 of the 8 levels of shifted was trained on and is excluded.',
  ])
  expect(repeatedLevelsNote(find('11111000'), 'shifted').join()).toMatch(/5 of the 8 .* too many to exclude/)
})

test('a verdict mentions its suite and the one in distribution, and only if a level was trained on', () => {
  const [repeated] = find('11000000')
  expect(repeatedLevelsNote([repeated!], 'another')).toEqual([])
  expect(repeatedLevelsNote([{ ...repeated!, role: 'in-distribution' }], 'another')).toHaveLength(1)
  expect(repeatedLevelsNote(find('00000000'), 'shifted')).toEqual([])
})

test('runs with unknown training levels are left out, and the others count', () => {
  expect(find(null, null)).toEqual([])
  expect(find(null, '10000000')[0]).toMatchObject({ bySeed: [null, 1], anyCount: 1 })
})

test('the table shows levels, mean over the known seeds, and their union', () => {
  const { evidence, artifacts } = evidenceOf(['01000010', null, '01010101'])
  const repeated = findRepeatedLevels({ evidence, files: createEvidenceFiles(artifacts) }, suite)
  const [table] = repeatedLevelsTable([{ evidence, repeated }])
  expect(table!.rows.map(({ cells }) => cells.map((cell) => ('text' in cell ? cell.text : '')))).toEqual([
    ['a', 'shifted', '8', '3', '5', 'kept: too many'],
  ])
  expect(repeatedLevelsTable([])).toEqual([])
})

test('a comparison leaves out the levels of either side', () => {
  const suiteWith = (...excluded: number[]) => ({ excluded: Uint8Array.from(excluded) })
  expect(excludedFromEither(suiteWith(1, 0, 0), suiteWith(0, 0, 1))).toEqual(suiteWith(1, 0, 1))
  expect(excludedFromEither({}, suiteWith(0, 1, 0))).toEqual(suiteWith(0, 1, 0))
  expect(excludedFromEither({}, {})).toEqual({})
})
