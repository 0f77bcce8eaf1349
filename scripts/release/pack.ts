/**
 * Packs the `goalpost` command with everything that it starts (service, workers, dashboard, examples) as an npm package that
 * needs no clone: `node scripts/release/pack.ts [--out release]` writes goalpost-VERSION.tgz, prints its path, and lists all that is
 * installed with it in goalpost-VERSION.cdx.json (CycloneDX).
 *
 * The sources stay files of their own, as workspaces in the package's node_modules: only their types are removed, since Node
 * does not do that in there. What they import from npm becomes dependencies of the package, in the same versions.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runnable } from './runnable.ts'

type Manifest = {
  readonly name: string
  readonly version: string
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

type Packed = { readonly filename: string }

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({ options: { out: { type: 'string', default: 'release' } } })
const out = resolve(values.out)

/** What the command starts by the path of a file, besides what it imports. */
const started = ['@goalpost/api', '@goalpost/worker', '@goalpost/backup']
/** Folders of the repository that the sources read. */
const read = ['examples', 'prisma/migrations']

/** The commit, recorded with every result. */
const gitHead = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Folders of all workspaces, by name. */
function findWorkspaces(): Map<string, string> {
  const folders = globSync('{apps,packages}/*/package.json', { cwd: root }).map((file) => join(root, dirname(file)))
  return new Map(folders.map((folder) => [readManifest(folder).name, folder]))
}

/** The workspaces that these need, themselves included, and everything else that they import. */
function findNeeded(names: readonly string[], workspaces: ReadonlyMap<string, string>) {
  const needed = new Map<string, string>()
  const fromNpm = new Map<string, string>()
  const visit = (name: string): void => {
    const folder = workspaces.get(name)
    if (folder === undefined || needed.has(name)) return
    needed.set(name, folder)
    for (const [dependency, version] of Object.entries(readManifest(folder).dependencies ?? {}))
      if (workspaces.has(dependency)) visit(dependency)
      else fromNpm.set(dependency, version)
  }
  for (const name of names) visit(name)
  return { needed, fromNpm }
}

function copyWorkspace(folder: string, to: string): void {
  for (const file of globSync('{src,bin}/**/*', { cwd: folder, withFileTypes: true })) {
    if (!file.isFile() || file.name.endsWith('.test.ts')) continue
    const from = join(file.parentPath, file.name)
    const target = join(to, from.slice(folder.length).replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    if (/\.m?[jt]s$/.test(from)) writeFileSync(target, runnable(readFileSync(from, 'utf8'), basename(from)))
    else cpSync(from, target)
  }
  const { name, version, exports, dependencies } = readManifest(folder)
  const paths = Object.entries(exports ?? {}).map(([key, path]) => [key, path.replace(/\.ts$/, '.js')])
  const manifest = { name, version, gitHead, type: 'module', exports: Object.fromEntries(paths), dependencies }
  writeFileSync(join(to, 'package.json'), JSON.stringify(manifest, null, 2))
}

function describePackage(fromNpm: ReadonlyMap<string, string>, bundled: readonly string[]) {
  const { version } = readManifest(root)
  return {
    name: 'goalpost',
    version,
    description: 'Goal-misgeneralization experiments: the command, the service and the dashboard',
    license: 'Apache-2.0',
    type: 'module',
    bin: { goalpost: './node_modules/@goalpost/cli/bin/goalpost.mjs' },
    engines: { node: '>=20' },
    gitHead,
    dependencies: {
      node: readManifest(root).dependencies?.['node'],
      ...Object.fromEntries([...fromNpm].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      ...Object.fromEntries(bundled.map((name) => [name, version])),
    },
    bundleDependencies: bundled,
  }
}

function pack(): string {
  const workspaces = findWorkspaces()
  const { needed, fromNpm } = findNeeded(['@goalpost/cli', ...started], workspaces)
  const staged = join(out, 'package')
  rmSync(staged, { recursive: true, force: true })
  for (const [name, folder] of needed) copyWorkspace(folder, join(staged, 'node_modules', name))
  const dashboard = join(root, 'apps/dashboard/dist')
  if (!existsSync(dashboard)) throw new Error('The dashboard is not built: npm ci, or node scripts/build-dashboard.mjs')
  cpSync(dashboard, join(staged, 'node_modules/@goalpost/dashboard/dist'), { recursive: true })
  writeFileSync(
    join(staged, 'node_modules/@goalpost/dashboard/package.json'),
    JSON.stringify({ name: '@goalpost/dashboard', version: readManifest(root).version }, null, 2),
  )
  for (const folder of read) cpSync(join(root, folder), join(staged, folder), { recursive: true })
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) cpSync(join(root, file), join(staged, file))
  const manifest = describePackage(fromNpm, [...needed.keys(), '@goalpost/dashboard'])
  writeFileSync(join(staged, 'package.json'), JSON.stringify(manifest, null, 2))
  const tarball = packStaged(staged)
  rmSync(staged, { recursive: true, force: true })
  return tarball
}

/** Settles the versions of everything that is installed with it, lists them as a bill of materials, and packs the folder. */
function packStaged(staged: string): string {
  const npm = (...args: string[]) =>
    execFileSync('npm', args, { cwd: staged, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  npm('install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--prefer-offline')
  npm('shrinkwrap')
  const billOfMaterials = npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx')
  const [packed] = JSON.parse(npm('pack', '--json', '--ignore-scripts', '--pack-destination', out)) as Packed[]
  const tarball = join(out, packed?.filename ?? '')
  writeFileSync(tarball.replace(/\.tgz$/, '.cdx.json'), billOfMaterials)
  return tarball
}

process.stdout.write(`${pack()}\n`)
