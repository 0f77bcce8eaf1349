import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { EngineUnavailable } from '../../engine-unavailable.ts'
import type { Provider } from '../../onnx/runtime.ts'
import { modelProgram } from '../model-program.ts'
import { confined, infoDescriptor, searchPath, type Sandbox } from './confined.ts'
import { nameEnd } from './name-end.ts'

export type { Sandbox }

export type SandboxTrial = {
  /** The strongest that works here; null if models cannot be run at all. */
  readonly sandbox: Sandbox | null
  /** Why the stronger ones do not work, in the last words of the program that failed. */
  readonly refusals: readonly { readonly sandbox: Sandbox; readonly reason: string }[]
}

/**
 * Tries sandboxes with the program that runs models. bubblewrap and unshare may be installed and still not be allowed to
 * make namespaces, as in many containers.
 */
export function trySandboxes(): SandboxTrial {
  const refusals: { sandbox: Sandbox; reason: string }[] = []
  for (const sandbox of process.platform === 'linux' ? candidates : (['none'] as const)) {
    const reason = refusalOf(sandbox)
    if (reason === null) return { sandbox, refusals }
    refusals.push({ sandbox, reason })
  }
  return { sandbox: null, refusals }
}

const candidates = ['bubblewrap', 'network-namespace', 'none'] as const

const withInfo = Array.from({ length: infoDescriptor + 1 }, (_, fd) =>
  fd === 2 || fd === infoDescriptor ? 'pipe' : 'ignore',
)

const trialLimitMs = 20_000

function refusalOf(sandbox: Sandbox): string | null {
  const { command, args } = confined(sandbox, modelProgram('check'))
  const ended = spawnSync(command, args, {
    stdio: withInfo,
    env: searchPath(),
    timeout: trialLimitMs,
    encoding: 'utf8',
  })
  return explainEnd(command, ended)
}

/** Null if the program succeeded; else its last words, or how it ended without any. */
function explainEnd(command: string, { status, signal, error, stderr }: SpawnSyncReturns<string>): string | null {
  if (status === 0) return null
  if (error !== undefined) return error.message
  const lastWords = stderr.trim().split('\n').at(-1) ?? ''
  if (lastWords !== '') return lastWords
  return `${command} printed no reason and ended with ${nameEnd(status, signal)}`
}

/** What models run in on a device, as found once. Drivers of graphics cards need devices, folders and the environment. */
export function sandboxFor(provider: Provider): Sandbox {
  const sandbox = provider === 'cpu' ? (found ??= trySandboxes().sandbox ?? 'none') : 'none'
  if (!isRequired || sandbox === 'bubblewrap') return sandbox
  throw new EngineUnavailable(
    `onnx:${provider}`,
    provider === 'cpu'
      ? 'imported models may only run in bubblewrap, which does not work on this machine: see npx goalpost doctor'
      : 'imported models may only run in a sandbox, and there is none on graphics cards: ask for the engine onnx:cpu',
  )
}

let found: Sandbox | undefined

let isRequired = false

/** From now on, this process runs imported models in bubblewrap or not at all. */
export function requireSandbox(): void {
  isRequired = true
}
