// Builds the dashboard when packages are installed, so that the API can serve it.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

const folder = path.join(path.dirname(import.meta.dirname), 'apps/dashboard')
const vite = findVite()
if (vite === null) {
  // Installed with `--omit=dev`: images copy the dashboard from a stage that builds it.
  console.log('The dashboard was not built, as vite is not installed')
} else {
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}

function findVite() {
  try {
    return path.join(path.dirname(createRequire(`${folder}/`).resolve('vite/package.json')), 'bin/vite.js')
  } catch {
    return null
  }
}
