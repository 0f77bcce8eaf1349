import type { Context } from '../context.ts'
import type { DataTable } from './data-table.ts'
import { standardOutput, writeOutput, type Destination } from './write-output.ts'

/** An Apache Parquet file: texts as UTF-8 strings, numbers as doubles, every column nullable. */
export async function parquetBytes({ columns, rows }: DataTable): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = columns.map(({ name, type }, i) => ({
    name,
    type: type === 'text' ? ('STRING' as const) : ('DOUBLE' as const),
    data: rows.map((row) => row[i] ?? null),
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'goalpost' }))
}

/** Writes the table to a file, or to standard output for `-`, and says where. */
export async function writeParquet({ print }: Context, table: DataTable, destination: Destination): Promise<void> {
  const [file = ''] = await writeOutput([{ name: 'data.parquet', bytes: await parquetBytes(table) }], destination)
  if (file !== standardOutput) print(`${file}: ${table.rows.length} rows`)
}
