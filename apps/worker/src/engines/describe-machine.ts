import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { promisify } from 'node:util'
import type { Manifest } from '@goalpost/contracts'

/** Numeric kernels choose their code, and with it the order of sums, by these; the rest of the flags is noise. */
const decisive =
  /^(sse4_[12]|avx|avx2|avx_vnni|avx_vnni_int8|avx512\w*|amx_\w+|fma|f16c|asimd|asimdhp|asimddp|asimdfhm|sve|sve2|bf16|i8mm|sme)$/

/** The processor, as far as bits may depend on it. Where the system does not list features, there are none. */
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

/** What the first graphics card calls itself; null where nobody says. NVIDIA's own tool is the only one asked. */
export async function findGpuName(): Promise<string | null> {
  const query = ['--query-gpu=name', '--format=csv,noheader']
  const names = await promisify(execFile)('nvidia-smi', query, { timeout: 5_000 }).then(
    ({ stdout }) => stdout.trim().split('\n'),
    () => [],
  )
  return names[0] || null
}
