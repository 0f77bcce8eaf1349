import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GoalpostError } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { printJson } from '../context.ts'
import { writeOutput } from '../output/write-output.ts'
import type { Invocation, Outcome } from './command.ts'

export type InitOptions = { readonly from?: string; readonly force?: boolean }

const examples = fileURLToPath(new URL('../../../../examples', import.meta.url))

/** Writes a first spec: a copy of an example, named after the file. */
export async function init({
  context,
  global,
  args: [file = 'experiment.yaml'],
  options: { from = 'smoke', force = false },
}: Invocation<InitOptions>): Promise<Outcome> {
  const known = (await readdir(examples))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'))
  if (!known.includes(from))
    throw new GoalpostError(
      'not-found',
      `There is no example ${JSON.stringify(from)}. ${suggestName(from, known) ?? ''}`,
    )
  const text = await readFile(join(examples, `${from}.yaml`), 'utf8')
  const name = basename(file).replace(/\.(ya?ml|json)$/, '')
  const spec = text.replace(/^name: .*$/m, `name: ${JSON.stringify(name)}`)
  await writeOutput([{ name: file, bytes: spec }], { out: file, force })
  if (global.json) return printJson(context, { file, from })
  context.print(`${file}: a copy of examples/${from}.yaml. Every field: docs/spec.md`)
  context.print(context.terminal.colours.cyan(`npx goalpost run ${file}`))
}
