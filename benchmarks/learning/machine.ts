import { cpus, loadavg } from 'node:os'

/** What a figure was measured on, and how busy it was; without it a figure says nothing. */
export function describeMachine(): string {
  const [first] = cpus()
  const load = loadavg()[0]?.toFixed(1)
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${load}, Node ${process.versions.node}`
}
