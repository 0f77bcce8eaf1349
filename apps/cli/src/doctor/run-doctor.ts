import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DoctorCheck, DoctorFinding, ProbedEngine } from '@goalpost/contracts'
import { doctorFinding, GoalpostError } from '@goalpost/contracts'

export type Findings = {
  readonly checks: readonly DoctorCheck[]
  readonly engines: readonly ProbedEngine[]
  /** The revision of this clone. */
  readonly revision: string | null
}

type Request = {
  readonly dataFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
  onEngine(name: string): void
}

/**
 * Lets the service's programs check what they need, in their own processes, so that no tensor library is loaded here.
 */
export async function runDoctor({ dataFolder, env, onEngine }: Request): Promise<Findings> {
  const program = fileURLToPath(import.meta.resolve('@goalpost/embedded/doctor'))
  const args = ['--disable-warning=ExperimentalWarning', program, `--data=${dataFolder}`]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let lastWords = ''
  child.stderr.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)))
  const ended = once(child, 'close')
  const findings: DoctorFinding[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const finding = parseFinding(line)
    if (finding === null) continue
    findings.push(finding)
    if (finding.type === 'engine') onEngine(finding.engine.name)
  }
  const [code] = await ended
  if (code !== 0) throw new GoalpostError('internal', `The check failed: ${lastWords.trim() || `exit code ${code}`}`)
  return {
    checks: findings.flatMap((finding) => (finding.type === 'check' ? [finding.check] : [])),
    engines: findings.flatMap((finding) => (finding.type === 'engine' ? [finding.engine] : [])),
    revision: findings.find((finding) => finding.type === 'revision')?.revision ?? null,
  }
}

/** Null for a line that a library printed. */
function parseFinding(line: string): DoctorFinding | null {
  try {
    return doctorFinding.parse(JSON.parse(line))
  } catch {
    return null
  }
}
