import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { number, text } from './data-table.ts'
import { parquetBytes } from './parquet.ts'

const table = {
  columns: [text('name'), number('value'), number('seed')],
  rows: [
    ['a, "b" – é', -0.1, 3],
    ['', 1e-300, null],
    [null, null, null],
  ],
}

test('a file has every value exactly as it was, and what is missing stays missing', async () => {
  const { buffer } = await parquetBytes(table)
  expect(await parquetReadObjects({ file: buffer as ArrayBuffer })).toEqual([
    { name: 'a, "b" – é', value: -0.1, seed: 3 },
    { name: '', value: 1e-300, seed: null },
    { name: null, value: null, seed: null },
  ])
})

test('types do not depend on the values: columns without any have theirs', async () => {
  const { buffer } = await parquetBytes({ ...table, rows: [[null, null, null]] })
  const [, ...columns] = parquetMetadata(buffer as ArrayBuffer).schema
  expect(columns.map(({ name, type, repetition_type }) => [name, type, repetition_type])).toEqual([
    ['name', 'BYTE_ARRAY', 'OPTIONAL'],
    ['value', 'DOUBLE', 'OPTIONAL'],
    ['seed', 'DOUBLE', 'OPTIONAL'],
  ])
})
