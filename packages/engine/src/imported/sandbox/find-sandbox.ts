import { spawnSync } from 'node:child_process'
import { modelProgram } from '../model-program.ts'
import { confined, infoDescriptor, type Sandbox } from './confined.ts'

export type { Sandbox }

/**
 * The strongest sandbox in which models run here; tried once, with the program itself. bubblewrap and unshare may be
 * installed and still not be allowed to make namespaces, as in many containers.
 */
export function findSandbox(): Sandbox {
  found ??= process.platform === 'linux' ? (candidates.find(works) ?? 'none') : 'none'
  return found
}

let found: Sandbox | undefined

const candidates = ['bubblewrap', 'network-namespace'] as const

const withInfo = Array.from({ length: infoDescriptor + 1 }, (_, fd) => (fd === infoDescriptor ? 'pipe' : 'ignore'))

const trialLimitMs = 20_000

function works(sandbox: Sandbox): boolean {
  const { command, args } = confined(sandbox, modelProgram(['check']))
  return spawnSync(command, args, { stdio: withInfo, env: {}, timeout: trialLimitMs }).status === 0
}
