import { mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'

/** A file that a command produces; `name` is used where `--out` gives no file name. */
export type Output = { readonly name: string; readonly bytes: string | Uint8Array }

export type Destination = {
  /** `--out` as given; undefined for the current folder. */
  readonly out: string | undefined
  /** Whether existing files may be overwritten. */
  readonly force: boolean
}

/** Standard output as `--out` names it. */
export const standardOutput = '-'

/**
 * Writes the output of a command. `--out` means the same for all commands: a file; a folder if it ends in a slash, is a
 * folder, or there are several files; `-` for standard output. Returns the path of each file.
 * @throws GoalpostError `state-conflict` if a file exists and `force` is not set.
 */
export async function writeOutput(outputs: readonly Output[], { out, force }: Destination): Promise<string[]> {
  if (out === standardOutput) return writeToStandardOutput(outputs)
  const files = await namesOf(outputs, out)
  // Checked first, so that either all files are written or none.
  if (!force) for (const file of files) await refuseExisting(file)
  for (const [index, file] of files.entries()) await write(file, outputs[index]?.bytes ?? '')
  return files
}

async function writeToStandardOutput(outputs: readonly Output[]): Promise<string[]> {
  const [output, another] = outputs
  if (output === undefined) return []
  if (another !== undefined) {
    throw new GoalpostError(
      'invalid-request',
      `Standard output takes one file, but there are ${outputs.length}: name a folder`,
    )
  }
  await new Promise<void>((resolve) => process.stdout.write(output.bytes, () => resolve()))
  return [standardOutput]
}

async function namesOf(outputs: readonly Output[], out: string | undefined): Promise<string[]> {
  if (out === undefined) return outputs.map(({ name }) => name)
  const folder = out.endsWith('/') || outputs.length > 1 || (await kindOf(out)) === 'folder'
  if (folder && (await kindOf(out)) === 'file') {
    throw new GoalpostError(
      'invalid-request',
      `${out} is a file, but there are ${outputs.length} to write: name a folder`,
    )
  }
  return folder ? outputs.map(({ name }) => join(out, basename(name))) : [out]
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  return stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => 'nothing',
  )
}

/** Anything but a regular file, such as /dev/null or a pipe, can be written to safely. */
async function refuseExisting(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile() === true)
    throw new GoalpostError(
      'state-conflict',
      `${file} already exists: choose another path, or overwrite it with --force`,
    )
}

async function write(file: string, bytes: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GoalpostError('invalid-request', `${file} cannot be written: ${reason}`, { cause })
  }
}
