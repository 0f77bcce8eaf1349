import type { CandidateGoal } from '../../agency.ts'
import { planArrival } from './arrival-plan.ts'
import type { GridAgency, GridGoal } from './grid-agency.ts'
import { landmarks } from './landmarks.ts'
import { visitedCheese, visitedProxy, type MazeLevel, type MazeRules } from './maze-rules.ts'
import type { MazeSimulator } from './maze-simulator.ts'

type MazeGoals<Parameters, Level extends MazeLevel> = {
  rulesOf(parameters: Parameters): MazeRules<Level>
  readonly proxyName: string
  /** The landmark that is the proxy in every level. */
  readonly proxyPlace: string | undefined
}

/**
 * Candidate goals of mazes with two goals: either of them, whichever is nearer, and the landmarks of the grid.
 */
export function mazeAgency<Parameters, Level extends MazeLevel>({
  rulesOf,
  proxyName,
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
    arrival({ name: 'cheese' }, ({ cheese }) => [cheese]),
    arrival({ name: proxyName }, (level, rules) => [rules.proxyCell(level)]),
    arrival({ name: `cheese or ${proxyName}`, description: 'whichever of the two is nearer' }, (level, rules) => [
      level.cheese,
      rules.proxyCell(level),
    ]),
    ...landmarks
      .filter(({ name }) => name !== proxyPlace)
      .map(({ cellIn, ...landmark }) => arrival(landmark, ({ size }) => [cellIn(size)])),
  ]
  return { goals: () => goals, cellIn: (simulator) => simulator.mouseCell(0), until: 'first reward' }
}

/** The cells on which a first visit ends the episode. */
function endingsOf<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number[] {
  return [
    ...(rules.ends[visitedCheese] ? [level.cheese] : []),
    ...(rules.ends[visitedProxy] ? [rules.proxyCell(level)] : []),
  ]
}
