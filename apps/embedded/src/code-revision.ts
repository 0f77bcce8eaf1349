import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** The commit, with `-changed` if files differ from it; the version without git. */
export async function readCodeRevision(): Promise<string> {
  const git = (...args: string[]) => promisify(execFile)('git', ['-C', repository, ...args], { timeout: 2_000 })
  try {
    const [{ stdout: commit }, { stdout: changes }] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ])
    return `${commit.trim()}${changes.trim() === '' ? '' : '-changed'}`
  } catch {
    const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8')
    const { version }: { version: string } = JSON.parse(manifest)
    return version
  }
}
