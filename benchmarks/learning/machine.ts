import { cpus, loadavg } from 'node:os'

/** The machine of a measurement and its load. */
export function describeMachine(): string {
  const [first] = cpus()
  const load = loadavg()[0]?.toFixed(1)
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${load}, Node ${process.versions.node}`
}
