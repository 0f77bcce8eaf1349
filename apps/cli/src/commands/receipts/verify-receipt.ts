import { readFile } from 'node:fs/promises'
import { GoalpostError, systemErrorCode } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { plain, plural } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { checkReceipt, type CheckedReceipt } from './check-receipt.ts'

const keyId = /^[0-9a-f]{64}$/

/** Needs no service and no network. */
export async function verifyReceipt({
  context,
  global,
  args: [file = ''],
  options,
}: Invocation<{ readonly key?: string }>): Promise<Outcome> {
  const { key } = options
  const trusted = key === undefined ? [] : [keyId.test(key) ? key : await read(key)]
  const checked = checkReceipt(await read(file), trusted)
  if (global.json) printJson(context, checked)
  else printLines(context, describe(context, checked))
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new GoalpostError('not-found', `Cannot read ${file}: ${systemErrorCode(error) ?? String(error)}`, {
      cause: error,
    })
  }
}

function describe({ terminal }: Context, { statement, keyid, known }: CheckedReceipt): string[] {
  const [{ name, digest }] = statement.subject
  const { experiment, signedAt, verdicts, runs, tested, files, software } = statement.predicate
  const { green, yellow } = terminal.colours
  return [
    `${green('✓')} ${plain(name)} (${plain(experiment.protocol)}), signed ${signedAt.slice(0, 16).replace('T', ' ')} UTC`,
    ...verdicts.map(
      ({ title, sentence, agreeing, total }) =>
        `  ${plain(title)}: ${plain(sentence)}${total === 0 ? '' : ` — ${agreeing} of ${total}`}`,
    ),
    `  results ${digest.sha256}`,
    `  ${[plural(runs.length, 'run'), plural(tested.length, 'tested set'), plural(files.length, 'file')].join(', ')}`,
    `  code ${[...new Set(software.map(({ codeRevision }) => plain(codeRevision)))].join(', ')}`,
    known === true
      ? `  signed with the given key, ${keyid}`
      : `${yellow('!')} signed with the key ${keyid}: compare it with that of the service (goalpost receipt-key), or name it with --key`,
  ]
}
