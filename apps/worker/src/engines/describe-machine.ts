import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { promisify } from 'node:util'
import type { Manifest } from '@goalpost/contracts'

/** The features by which numeric kernels choose their code, and so the order of sums. */
const decisive =
  /^(sse4_[12]|avx|avx2|avx_vnni|avx_vnni_int8|avx512\w*|amx_\w+|fma|f16c|asimd|asimdhp|asimddp|asimdfhm|sve|sve2|bf16|i8mm|sme)$/

/** The processor, as far as bits may depend on it. Empty features if the system does not list them. */
export function describeCpu(): Manifest['cpu'] {
  const model = cpus()[0]?.model.trim() || 'unknown'
  return { model, features: parseFeatures(readCpuInfo()) }
}

/** From Linux' /proc/cpuinfo: `flags` on x86, `Features` on ARM. Sorted, so that equal processors look equal. */
export function parseFeatures(cpuInfo: string): string[] {
  const [, flags = ''] = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuInfo) ?? []
  return flags
    .split(' ')
    .filter((flag) => decisive.test(flag))
    .toSorted()
}

function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return ''
  }
}

/** The name of the first graphics card according to nvidia-smi; null if unknown. */
export async function findGpuName(): Promise<string | null> {
  const query = ['--query-gpu=name', '--format=csv,noheader']
  const names = await promisify(execFile)('nvidia-smi', query, { timeout: 5_000 }).then(
    ({ stdout }) => stdout.trim().split('\n'),
    () => [],
  )
  return names[0] || null
}
