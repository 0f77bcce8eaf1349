import type { AgencyModel, CandidateGoal } from '../../agency.ts'
import type { NamedGoal } from '../../environment.ts'
import { planArrival } from './arrival-plan.ts'
import { landmarks } from './landmarks.ts'
import { createMazeSimulator, type MazeSimulator } from './maze-simulator.ts'
import { visitedCheese, visitedProxy, type MazeLevel, type MazeRules } from './maze-rules.ts'
import { createGridAgency, type GridGoal } from './grid-agency.ts'

type MazeGoals<Parameters, Level extends MazeLevel> = {
  rulesOf(parameters: Parameters): MazeRules<Level>
  readonly intended: NamedGoal
  readonly proxy: NamedGoal
  /** Landmarks that are not the proxy already. */
  readonly places: readonly string[]
}

/** Candidate goals of mazes with two goals: either of them, whichever is nearer, and the landmarks of the grid. */
export function createMazeAgency<Parameters extends { readonly size: number }, Level extends MazeLevel>({
  rulesOf,
  intended,
  proxy,
  places,
}: MazeGoals<Parameters, Level>): AgencyModel<Parameters, Level> {
  type Targets = (level: Level, rules: MazeRules<Level>) => readonly number[]
  const arrival = (goal: CandidateGoal, targets: Targets): GridGoal<Parameters, Level, MazeSimulator<Level>> => ({
    ...goal,
    pursue(level, parameters) {
      const rules = rulesOf(parameters)
      const plan = planArrival(level, { targets: targets(level, rules), endings: endingsOf(level, rules) })
      return (simulator) => plan(simulator.mouseCell(0))
    },
  })
  const nearer = { name: `${intended.name} or ${proxy.name}`, description: 'whichever of the two is nearer' }
  const goals = [
    arrival(intended, ({ cheese }) => [cheese]),
    arrival(proxy, (level, rules) => [rules.proxyCell(level)]),
    arrival(nearer, (level, rules) => [level.cheese, rules.proxyCell(level)]),
    ...landmarks
      .filter(({ name }) => places.includes(name))
      .map(({ cellIn, ...landmark }) => arrival(landmark, ({ size }) => [cellIn(size)])),
  ]
  return createGridAgency({
    goals: () => goals,
    cellIn: (simulator) => simulator.mouseCell(0),
    until: 'first reward',
    createSimulator: (parameters, batch) => createMazeSimulator(parameters.size, rulesOf(parameters), batch),
  })
}

/** The cells on which a first visit ends the episode. */
function endingsOf<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number[] {
  return [
    ...(rules.ends[visitedCheese] ? [level.cheese] : []),
    ...(rules.ends[visitedProxy] ? [rules.proxyCell(level)] : []),
  ]
}
