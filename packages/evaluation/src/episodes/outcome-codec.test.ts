import { expect, test } from 'vitest'
import { decodeOutcomes, encodeOutcomes } from './outcome-codec.ts'
import { createOutcomeTable, type OutcomeTable } from './outcome-table.ts'

function sampleTable(): OutcomeTable {
  const table = createOutcomeTable({ levels: 2, episodes: 3, goalNames: ['cheese', 'corner', 'bottom-right'] })
  const [cheese, corner, far] = table.goals
  cheese.returns.set([0.9, 1 / 3, -1e-38, 0, 5, Math.fround(0.99 ** 31)])
  corner.returns.set([0.1, 0, 2, 3, 4, 5])
  far!.returns.set([0, 0, 0, 0, 0, 0.25])
  table.lengths.set([1, 128, 70_000, 4_294_967_295, 5, 6])
  cheese.reached.set([1, 0, 1, 0, 1, 0])
  corner.reached.set([0, 1, 1, 0, 0, 1])
  far!.reached.set([0, 0, 0, 0, 0, 1])
  cheese.firstSteps!.set([1, 0, 7, 0, 5, 0])
  corner.firstSteps!.set([0, 128, 2, 0, 0, 6])
  far!.firstSteps!.set([0, 0, 0, 0, 0, 4])
  table.terminated.set([1, 1, 0, 0, 1, 0])
  table.truncated.set([0, 0, 1, 1, 0, 1])
  return table
}

test('a table of many goals comes back exactly, also from the middle of a larger buffer', () => {
  const table = sampleTable()
  const bytes = encodeOutcomes(table)
  const padded = new Uint8Array(bytes.length + 9)
  padded.set(bytes, 5)
  expect(decodeOutcomes(bytes)).toEqual(table)
  expect(decodeOutcomes(padded.subarray(5, 5 + bytes.length))).toEqual(table)
})

test('the layout is fixed: header, names, then columns, little-endian', () => {
  const table = createOutcomeTable({ levels: 1, episodes: 1, goalNames: ['a', 'b'], counterNames: ['c'] })
  table.goals[0].returns[0] = 1
  table.lengths[0] = 258
  table.truncated[0] = 1
  table.goals[0].firstSteps![0] = 3
  table.goals[0].reached[0] = 1
  table.counters[0] = 7
  const names = Buffer.from('{"goals":["a","b"],"counters":["c"]}')
  expect(Buffer.from(encodeOutcomes(table)).toString('hex')).toBe(
    '47504f54' +
      '0400' +
      '0000' +
      '01000000' +
      '01000000' +
      `${names.length.toString(16)}000000` +
      names.toString('hex') +
      '02010000' +
      '0000803f' +
      '03000000' +
      '00000000' +
      '00000000' +
      '07000000' +
      '02' +
      '01' +
      '00',
  )
})

test('counters are read back by name, and a truncated table is refused', () => {
  const goalNames = ['goal', 'proxy'] as const
  const table = createOutcomeTable({ levels: 2, episodes: 2, goalNames, counterNames: ['steps on lava', 'κλειδιά'] })
  table.counters.set([1, -2, 3, 4, 5, 6, 2_147_483_647, 8])
  const bytes = encodeOutcomes(table)
  expect(decodeOutcomes(bytes)).toEqual(table)
  for (const length of [bytes.length - 1, 60, 30, 18])
    expect(() => decodeOutcomes(bytes.subarray(0, length))).toThrow(RangeError)
})

test('foreign bytes and tables of an unknown version are refused', () => {
  const bytes = encodeOutcomes(sampleTable())
  expect(() => decodeOutcomes(new Uint8Array(40))).toThrow('not an outcome table')
  expect(() => decodeOutcomes(bytes.subarray(0, 40))).toThrow('cut off')
  bytes[4] = 5
  expect(() => decodeOutcomes(bytes)).toThrow('version 5')
})

/** Stored tables of those versions. */
const stored = {
  1: '47504f540100000001000000010000000000803f000000000201000009',
  2: '47504f540200000001000000010000000000803f000000000201000001050000005b2261225d07000000',
  3: '47504f540300000001000000020000000000803f0000003f000000000000803e0201000004000000030000000000000000000000040000000506050000005b2261225d07000000ffffffff',
} as const
const read = (version: keyof typeof stored) => decodeOutcomes(Buffer.from(stored[version], 'hex'))

test('stored tables of versions 1 to 3 are read as tables of two goals', () => {
  const [one, two, three] = [read(1), read(2), read(3)]
  for (const table of [one, two]) {
    expect(table.goals.map(({ name, firstSteps }) => [name, firstSteps])).toEqual([
      ['intended', null],
      ['proxy', null],
    ])
    expect([table.goals[0].returns[0], table.lengths[0], table.goals[0].reached[0]]).toEqual([1, 258, 1])
  }
  expect([one.truncated[0], one.counterNames]).toEqual([1, []])
  expect([two.counterNames, [...two.counters]]).toEqual([['a'], [7]])
  expect(three).toEqual({
    levels: 1,
    episodes: 2,
    goals: [
      {
        name: 'intended',
        returns: Float32Array.of(1, 0.5),
        reached: Uint8Array.of(1, 0),
        firstSteps: Uint32Array.of(3, 0),
      },
      {
        name: 'proxy',
        returns: Float32Array.of(0, 0.25),
        reached: Uint8Array.of(0, 1),
        firstSteps: Uint32Array.of(0, 4),
      },
    ],
    lengths: Uint32Array.of(258, 4),
    terminated: Uint8Array.of(1, 1),
    truncated: new Uint8Array(2),
    counterNames: ['a'],
    counters: Int32Array.of(7, -1),
  })
})

test('truncated stored tables are refused', () => {
  for (const version of [1, 2, 3] as const) {
    const bytes = Buffer.from(stored[version], 'hex')
    expect(() => decodeOutcomes(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError)
  }
  expect(() => decodeOutcomes(Buffer.from(stored[2].slice(0, -20), 'hex'))).toThrow('cut off')
})

test('tables without the steps of first rewards cannot be written', () => {
  for (const version of [1, 2] as const) expect(() => encodeOutcomes(read(version))).toThrow('older version')
  expect(decodeOutcomes(encodeOutcomes(read(3)))).toEqual(read(3))
})
