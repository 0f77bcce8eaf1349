import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'

/** Secrets by what they are. */
export type Canaries = Readonly<Record<string, string>>
/** Texts by where they were found. */
export type Texts = ReadonlyMap<string, string>

/** Every secret that occurs, as `secret in place`: as it is, in an address, in base64 or in hexadecimal digits. */
export function findCanaries(canaries: Canaries, texts: Texts): string[] {
  const found = Object.entries(canaries).flatMap(([name, secret]) => {
    const forms = [secret, encodeURIComponent(secret), ...encodingsOf(secret)]
    return [...texts]
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([place]) => `${name} in ${place}`)
  })
  return [...new Set(found)].toSorted()
}

/** Base64 without its ends, which depend on what stands beside the secret. */
function encodingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const shifted = [0, 1, 2].map((lead) =>
    Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  return [bytes.toString('hex'), ...shifted]
}

/** All rows of all tables, one text for each column. */
export async function readDatabase(url: string): Promise<Texts> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: columns } = await client.query<{ place: string; query: string }>(`
      SELECT format('%s.%s', table_name, column_name) AS place,
        format('SELECT string_agg(%I::text, E''\\n'') AS text FROM %I.%I', column_name, table_schema, table_name) AS query
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`)
    const texts = new Map<string, string>()
    for (const { place, query } of columns) {
      const { rows } = await client.query<{ text: string | null }>(query)
      texts.set(place, rows[0]?.text ?? '')
    }
    return texts
  } finally {
    await client.end()
  }
}

/** All files below a folder. */
export async function readFolder(folder: string): Promise<Texts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')))
  return new Map(files.map((file, index) => [path.relative(folder, file), texts[index]!]))
}

/** What the processes that a program has started inherited from it, on Linux. */
export async function readEnvironments(pid: number): Promise<Texts> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean)
  const texts = await Promise.all(children.map((child) => readFile(`/proc/${child}/environ`, 'utf8')))
  return new Map(children.map((child, index) => [`environment of ${child}`, texts[index]!]))
}
