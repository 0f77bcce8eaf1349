import { cpus } from 'node:os'

/** What a figure was measured on; without it a figure says nothing. */
export function describeMachine(): string {
  const [first] = cpus()
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`
}

export type Timing = {
  /** Milliseconds per repetition as the clock on the wall saw them. */
  readonly wallMs: number
  /** Milliseconds of processor time per repetition: what remains comparable on a machine that is shared. */
  readonly cpuMs: number
}

/** Repeats `body` for at least `seconds`, after one repetition that does not count. */
export async function timeRepeated(seconds: number, body: () => Promise<unknown>): Promise<Timing> {
  await body()
  const cpu = process.cpuUsage()
  const started = performance.now()
  let repetitions = 0
  while (performance.now() - started < seconds * 1000) {
    await body()
    repetitions += 1
  }
  const used = process.cpuUsage(cpu)
  return {
    wallMs: (performance.now() - started) / repetitions,
    cpuMs: (used.user + used.system) / 1000 / repetitions,
  }
}

export function perSecond(count: number, ms: number): string {
  return Math.round((count / ms) * 1000).toLocaleString('en')
}
