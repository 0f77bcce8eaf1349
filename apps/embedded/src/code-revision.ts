import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** The commit, with `-changed` if files differ from it. Without git: the commit that was packed, else the version. */
export async function readCodeRevision(): Promise<string> {
  // Git would look further up, and find the project that has installed this one.
  return (existsSync(join(repository, '.git')) ? await readCommit() : null) ?? readPacked()
}

async function readCommit(): Promise<string | null> {
  const git = (...args: string[]) => promisify(execFile)('git', ['-C', repository, ...args], { timeout: 2_000 })
  try {
    const [{ stdout: commit }, { stdout: changes }] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ])
    return `${commit.trim()}${changes.trim() === '' ? '' : '-changed'}`
  } catch {
    return null
  }
}

async function readPacked(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  const { version, gitHead = version }: { version: string; gitHead?: string } = JSON.parse(manifest)
  return gitHead
}
