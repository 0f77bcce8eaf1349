import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from '@goalpost/client'
import { parse } from 'yaml'

const examples = path.resolve(import.meta.dirname, '../../../examples')

/** An example as it is sent. */
export async function exampleSpec(name: string) {
  return parse(await readFile(path.join(examples, `${name}.yaml`), 'utf8'))
}

export const smokeSpec = () => exampleSpec('smoke')

/** `smoke`, but it trains longer than any test takes. */
export async function submitLong(client: Client, name: string): Promise<string> {
  const smoke = await smokeSpec()
  const spec = { ...smoke, name, fresh: true, options: { ...smoke.options, steps: 50_000_000 } }
  return (await client.submit(spec)).experiment.id
}
