import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, UsedEngine, WorkerEngine } from '@goalpost/contracts'
import { describeCpu } from './engines/describe-machine.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** `used` is the engine that the trainer opened; null without tensors. */
export type Describe = (used: UsedEngine | null, wallMs: number) => Manifest

/** Reads once the common parts of all manifests of this process: code, packages, machine. */
export function createManifests(codeRevision: string, engines: readonly WorkerEngine[]): Describe {
  const machine = {
    codeRevision,
    packages: packagesOf('@goalpost/protocols'),
    node: process.version,
    host: hostname(),
    cpu: describeCpu(),
  }
  return (used, wallMs) => ({ ...machine, engine: used && nameHardware(used, engines), wallMs: Math.round(wallMs) })
}

/** The name of an engine ends in its kernels' provider: `onnx:cuda`. */
function nameHardware(used: UsedEngine, engines: readonly WorkerEngine[]): Manifest['engine'] {
  const known = engines.find(({ name, device }) => name === used.name && device === used.device)
  const provider = used.name.slice(used.name.indexOf(':') + 1)
  return { ...used, provider, deviceName: known?.deviceName ?? null }
}

/** The configured revision, else the commit that is checked out. */
export function codeRevisionOf(told: string | null): string {
  return told ?? findRevision(repository) ?? 'unknown'
}

type PackageFile = {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The protocols' packages and their dependencies, with installed versions. */
function packagesOf(root: string): Record<string, string> {
  const versions = new Map<string, string>()
  const visit = (name: string, from: string): void => {
    if (versions.has(name)) return
    const folder = findPackage(name, from)
    if (folder === null) return
    const manifest: PackageFile = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const { version, dependencies = {} } = manifest
    versions.set(name, version)
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder)
  }
  visit(root, dirname(fileURLToPath(import.meta.url)))
  return Object.fromEntries([...versions].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Node's own lookup. `import.meta.resolve` would fail: packages need not export their package.json. */
function findPackage(name: string, from: string): string | null {
  return findUpwards(from, (folder) => {
    const candidate = join(folder, 'node_modules', name)
    return existsSync(join(candidate, 'package.json')) ? candidate : null
  })
}

/** The commit that is checked out in this folder, if any. Not further up: that would be a project that has installed this one. */
function findRevision(folder: string): string | null {
  const head = readIfThere(join(folder, '.git', 'HEAD'))
  if (head === null) return null
  const branch = /^ref: (.+)$/.exec(head)?.[1]
  return branch === undefined ? head : (readIfThere(join(folder, '.git', branch)) ?? packedRef(folder, branch))
}

function packedRef(folder: string, branch: string): string | null {
  const lines = readIfThere(join(folder, '.git', 'packed-refs'))?.split('\n') ?? []
  return lines.find((line) => line.endsWith(` ${branch}`))?.split(' ')[0] ?? null
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

function findUpwards<T>(from: string, look: (folder: string) => T | null): T | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = look(folder)
    if (found !== null) return found
    if (folder === dirname(folder)) return null
  }
}
