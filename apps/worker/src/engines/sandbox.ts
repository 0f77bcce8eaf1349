import { GoalpostError, type DoctorCheck } from '@goalpost/contracts'
import type { Sandbox, SandboxTrial } from '@goalpost/engine/sandbox'

const kinds: Readonly<Record<Sandbox, string>> = {
  bubblewrap: 'in bubblewrap: no network, no files, no other processes',
  'network-namespace': 'without network, but can read files',
  none: 'in a process of their own, which can use the network and read files',
}

/** Where imported models run on this machine, for `goalpost doctor`. */
export function describeSandbox({ sandbox, refusals }: SandboxTrial, platform = process.platform): DoctorCheck {
  const name = 'sandbox'
  const reasons = refusals.map(({ sandbox: tried, reason }) => `; ${programs[tried]}: ${reason}`).join('')
  if (sandbox === null)
    return { name, status: 'failed', detail: `Imported models do not run here${reasons}`, remedy: reinstall }
  const detail = `Imported models run ${kinds[sandbox]}${reasons}`
  if (sandbox === 'bubblewrap') return { name, status: 'ok', detail }
  return { name, status: 'warning', detail, remedy: platform === 'linux' ? install : elsewhere }
}

/** @throws GoalpostError `engine-unavailable` if imported models could read files or use the network here. */
export function demandSandbox(trial: SandboxTrial): void {
  if (trial.sandbox === 'bubblewrap') return
  const { detail, remedy } = describeSandbox(trial)
  throw new GoalpostError('engine-unavailable', `GOALPOST_MODEL_SANDBOX is required. ${detail}. Remedy: ${remedy}`)
}

const programs: Readonly<Record<Sandbox, string>> = {
  bubblewrap: 'bwrap',
  'network-namespace': 'unshare',
  none: 'the program that runs models',
}

const reinstall = 'Run npm install again, without --ignore-scripts and --omit=optional'
const install =
  'Install bubblewrap (Debian: apt-get install bubblewrap), and allow this user namespaces: the page on ONNX files has more'
const elsewhere = 'Evaluate models that you do not trust on workers that run Linux'
