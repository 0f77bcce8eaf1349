import type { WorkerEngine } from '@goalpost/contracts'
import { describeCpu, findGpuName } from './describe-machine.ts'
import { probeEngines, type ProbeAnswer } from './probe-engines.ts'

export type DetectedEngines = {
  readonly usable: readonly WorkerEngine[]
  readonly missing: readonly ProbeAnswer[]
}

/** The engines that this machine can run, probed in a child process that runs `entry`. */
export async function detectEngines(entry: string): Promise<DetectedEngines> {
  const [answers, gpu] = await Promise.all([probeEngines({ entry }), findGpuName()])
  const cpu = describeCpu().model
  const usable = answers
    .filter(({ missing }) => missing === null)
    .map(({ name, build, device }) => ({ name, build, device, deviceName: device === 'gpu' ? gpu : cpu }))
  return { usable, missing: answers.filter(({ missing }) => missing !== null) }
}
