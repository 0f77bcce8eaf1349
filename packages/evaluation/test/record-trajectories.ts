import type { Decision, Environment, Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import type { AgencyEvidence } from '../src/agency/infer-agency.ts'
import type { BatchPolicy } from '../src/episodes/batch-policy.ts'

type Recording = {
  readonly environment: Environment
  readonly parameters: unknown
  readonly levels: readonly unknown[]
  readonly createPolicy: (simulator: Simulator<unknown>) => BatchPolicy
}

/** One episode of every level, each played alone, as evidence of agency. */
export async function recordTrajectories({
  environment,
  parameters,
  levels,
  createPolicy,
}: Recording): Promise<AgencyEvidence> {
  const { agency } = environment
  if (agency === undefined) throw new RangeError(`${environment.name} has no candidate goals`)
  const simulator = environment.createSimulator(parameters, 1)
  const policy = createPolicy(simulator)
  const uniform = createStream(11).named('actions')
  const trajectories: (readonly Decision[])[] = []
  for (const [index, level] of levels.entries()) {
    simulator.reset(0, level)
    policy.begin?.(0, level)
    const actions: number[] = []
    while (simulator.terminated[0] + simulator.truncated[0] === 0) {
      const chosen = new Uint8Array(1)
      let draws = 0
      await policy.act(simulator.observations, chosen, () => uniform.uniform(actions.length * 16 + draws++, index))
      actions.push(chosen[0])
      simulator.step(chosen)
    }
    trajectories.push(agency.decisions(parameters, level, { actions }))
  }
  return {
    actions: environment.actions.length,
    goals: agency.candidates(parameters).map(({ name }) => name),
    views: agency.views.map(({ name }) => name),
    trajectories,
  }
}
