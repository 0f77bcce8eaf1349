import type { GateRunView } from '@goalpost/contracts'

/** See docs/cli.md. */
const exits = { fail: 14, undecided: 15, running: 16 } as const

/** The exit code for the runs of several gates: that of the worst. */
export function gateExit(runs: readonly Pick<GateRunView, 'outcome'>[]): number {
  const has = (outcome: GateRunView['outcome']) => runs.some((run) => run.outcome === outcome)
  if (has('fail')) return exits.fail
  if (has(null)) return exits.running
  return has('undecided') ? exits.undecided : 0
}
