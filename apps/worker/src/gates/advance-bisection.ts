import type { DueBisection, OpenGateRuns } from '@goalpost/experiments'
import { bisect, type Probe } from '@goalpost/gates'

const states = { pass: 'good', warn: 'bad', fail: 'bad', undecided: 'open' } as const

/** Tests the next version, or ends the search. Each probe's run takes up to the gate's budget by itself. */
export function advanceBisection(
  bisection: DueBisection,
  gates: Pick<OpenGateRuns, 'probe' | 'endBisection'>,
): Promise<boolean> {
  const { good, bad, versions, spec } = bisection
  const { budget } = spec.stages
  const probes = bisection.probes.map(({ version, outcome, units }): Probe => ({
    version,
    state: states[outcome],
    // It has no more units to give, even if it ended before the budget because more would not have helped.
    units: outcome === 'undecided' ? budget : units,
  }))
  const step = bisect({ ...spec.stages, good, bad, versions }, probes)
  return step.type === 'probe' ? gates.probe(bisection, step.version) : gates.endBisection(bisection, step)
}
