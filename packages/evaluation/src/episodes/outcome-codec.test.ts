import { expect, test } from 'vitest'
import { decodeOutcomes, encodeOutcomes } from './outcome-codec.ts'
import { createOutcomeTable, type OutcomeTable } from './outcome-table.ts'

function sampleTable(): OutcomeTable {
  const table = createOutcomeTable(2, 3)
  table.trueReturns.set([0.9, 1 / 3, -1e-38, 0, 5, Math.fround(0.99 ** 31)])
  table.proxyReturns.set([0.1, 0, 2, 3, 4, 5])
  table.lengths.set([1, 128, 70_000, 4_294_967_295, 5, 6])
  table.succeeded.set([1, 0, 1, 0, 1, 0])
  table.proxyReached.set([0, 1, 1, 0, 0, 1])
  table.goalSteps!.set([1, 0, 7, 0, 5, 0])
  table.proxySteps!.set([0, 128, 2, 0, 0, 6])
  table.terminated.set([1, 1, 0, 0, 1, 0])
  table.truncated.set([0, 0, 1, 1, 0, 1])
  return table
}

test('a table comes back exactly, also from the middle of a larger buffer', () => {
  const table = sampleTable()
  const bytes = encodeOutcomes(table)
  const padded = new Uint8Array(bytes.length + 9)
  padded.set(bytes, 5)
  expect(decodeOutcomes(bytes)).toEqual(table)
  expect(decodeOutcomes(padded.subarray(5, 5 + bytes.length))).toEqual(table)
  expect(bytes).toHaveLength(16 + 6 * 21 + 4 + 2)
})

test('the layout is fixed: header, then columns, little-endian', () => {
  const table = createOutcomeTable(1, 1)
  table.trueReturns[0] = 1
  table.lengths[0] = 258
  table.truncated[0] = 1
  table.goalSteps![0] = 3
  expect(Buffer.from(encodeOutcomes(table)).toString('hex')).toBe(
    '47504f54' +
      '0300' +
      '0000' +
      '01000000' +
      '01000000' +
      '0000803f' +
      '00000000' +
      '02010000' +
      '03000000' +
      '00000000' +
      '08' +
      '02000000' +
      '5b5d',
  )
})

test('what was counted comes back under its name', () => {
  const table = createOutcomeTable(2, 2, ['steps on lava', 'κλειδιά'])
  table.counters.set([1, -2, 3, 4, 5, 6, 2_147_483_647, 8])
  const bytes = encodeOutcomes(table)
  expect(decodeOutcomes(bytes)).toEqual(table)
  for (const length of [bytes.length - 1, 16 + 4 * 21 + 9, 16 + 4 * 21 + 2])
    expect(() => decodeOutcomes(bytes.subarray(0, length))).toThrow(RangeError)
})

test('what is no table, of another version, or cut short is refused', () => {
  const bytes = encodeOutcomes(sampleTable())
  expect(() => decodeOutcomes(new Uint8Array(40))).toThrow('not an outcome table')
  expect(() => decodeOutcomes(bytes.subarray(0, 60))).toThrow('cut off')
  expect(() => decodeOutcomes(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError)
  bytes[4] = 4
  expect(() => decodeOutcomes(bytes)).toThrow('version 4')
})

test('tables from before the steps of first rewards were kept are read, and are not written again', () => {
  const header = '47504f54' + '0100' + '0000' + '01000000' + '01000000'
  const old = decodeOutcomes(Buffer.from(header + '0000803f' + '00000000' + '02010000' + '09', 'hex'))
  expect(old).toMatchObject({ levels: 1, goalSteps: null, proxySteps: null, counterNames: [] })
  expect([old.trueReturns[0], old.lengths[0], old.succeeded[0], old.truncated[0]]).toEqual([1, 258, 1, 1])
  const counted = header.replace('0100', '0200') + '0000803f' + '00000000' + '02010000' + '01'
  const names = '05000000' + Buffer.from('["a"]').toString('hex') + '07000000'
  expect(decodeOutcomes(Buffer.from(counted + names, 'hex'))).toMatchObject({
    goalSteps: null,
    counterNames: ['a'],
    counters: Int32Array.of(7),
  })
  expect(() => encodeOutcomes(old)).toThrow('older version')
})
