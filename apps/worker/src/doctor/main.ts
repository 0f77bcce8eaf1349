import { fileURLToPath } from 'node:url'
import type { DoctorFinding } from '@goalpost/contracts'
import { examine } from './examine.ts'

const probe = fileURLToPath(new URL('../engines/probe.ts', import.meta.url))
const named = (name: string) => process.env[name] || null

/** One JSON object per line on standard output. */
function tell(finding: DoctorFinding): void {
  process.stdout.write(`${JSON.stringify(finding)}\n`)
}

const examined = {
  databaseUrl: named('DATABASE_URL'),
  redisUrl: named('REDIS_URL'),
  artifactsUrl: named('ARTIFACTS_URL'),
}
await examine(examined, probe, tell)
