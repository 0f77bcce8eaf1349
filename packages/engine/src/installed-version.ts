import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The version of a package, read without loading it. Throws if it is not installed. */
export function installedVersion(packageName: string): string {
  const manifest: unknown = require(`${packageName}/package.json`)
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new TypeError(`${packageName} has no version`)
}
