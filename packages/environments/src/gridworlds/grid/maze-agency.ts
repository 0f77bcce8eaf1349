import type { CandidateGoal } from '../../agency.ts'
import { planArrival } from './arrival-plan.ts'
import type { GridAgency, GridGoal } from './grid-agency.ts'
import type { Landmark } from './landmarks.ts'
import { visitedGoal, visitedProxy, type MazeLevel, type MazeRules } from './maze-rules.ts'
import type { MazeSimulator } from './maze-simulator.ts'

type MazeGoals<Parameters, Level extends MazeLevel> = {
  rulesOf(parameters: Parameters): MazeRules<Level>
  /** Of the goal and the proxy. */
  readonly names: readonly [goal: string, proxy: string]
  readonly landmarks: readonly Landmark<Level>[]
  /** The landmark that is the proxy in every level. */
  readonly proxyPlace: string | undefined
}

/**
 * Candidate goals of mazes with two goals: either of them, whichever is nearer, and the landmarks of the grid.
 */
export function mazeAgency<Parameters, Level extends MazeLevel>({
  rulesOf,
  names: [goalName, proxyName],
  landmarks,
  proxyPlace,
}: MazeGoals<Parameters, Level>): GridAgency<Parameters, Level, MazeSimulator<Level>> {
  type Targets = (level: Level, rules: MazeRules<Level>) => readonly number[]
  const arrival = (
    goal: Partial<CandidateGoal> & { readonly name: string },
    targets: Targets,
  ): GridGoal<Parameters, Level, MazeSimulator<Level>> => ({
    ...goal,
    pursue(level, parameters) {
      const rules = rulesOf(parameters)
      const plan = planArrival(level, { targets: targets(level, rules), endings: endingsOf(level, rules) })
      return (simulator) => plan(simulator.mouseCell(0))
    },
  })
  const goals = [
    arrival({ name: goalName }, (level, rules) => [rules.goalCell(level)]),
    arrival({ name: proxyName }, (level, rules) => [rules.proxyCell(level)]),
    arrival({ name: `${goalName} or ${proxyName}`, description: 'whichever of the two is nearer' }, (level, rules) => [
      rules.goalCell(level),
      rules.proxyCell(level),
    ]),
    ...landmarks
      .filter(({ name }) => name !== proxyPlace)
      .map(({ cellIn, ...landmark }) => arrival(landmark, (level) => [cellIn(level)])),
  ]
  return { goals: () => goals, cellIn: (simulator) => simulator.mouseCell(0), until: 'first reward' }
}

/** The cells on which a first visit ends the episode. */
function endingsOf<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number[] {
  return [
    ...(rules.ends[visitedGoal] ? [rules.goalCell(level)] : []),
    ...(rules.ends[visitedProxy] ? [rules.proxyCell(level)] : []),
  ]
}
