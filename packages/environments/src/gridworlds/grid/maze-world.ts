import type { Goals, ReferencePolicy } from '../../environment.ts'
import type { LevelDesign } from '../../level-design.ts'
import type { Gridworld, GridParameters } from './define-gridworld.ts'
import { landmarks as gridLandmarks, type Landmark } from './landmarks.ts'
import { mazeAgency } from './maze-agency.ts'
import { createMazeOracles } from './maze-oracles.ts'
import { drawEpisode } from './maze-picture.ts'
import type { MazeLevel, MazeRules, MazeThings } from './maze-rules.ts'
import { createMazeSimulator, type MazeSimulator } from './maze-simulator.ts'
import { goalOptimum, solveMaze } from './solve-maze.ts'

type MazeWorld<Parameters, Level extends MazeLevel> = {
  /** The intended goal, the proxy, and landmarks, which are known by their names. */
  readonly goals: Goals
  rulesOf(parameters: Parameters): Omit<MazeRules<Level>, 'others' | 'things' | 'goalCell'>
  goalCell(level: Level): number
  things(parameters: Parameters): MazeThings<Level>
  /** Default: those of the grid. */
  readonly landmarks?: readonly Landmark<Level>[]
  /** The landmark that the proxy is in every level: no candidate goal of its own. */
  readonly proxyPlace?: string
  readonly createBlind: (batch: number) => ReferencePolicy
  readonly design?: Omit<LevelDesign<Parameters, Level>, 'optimum'>
}

type MazeParts =
  | 'goals'
  | 'channels'
  | 'oneHot'
  | 'createSimulator'
  | 'createBlind'
  | 'oracles'
  | 'picture'
  | 'agency'
  | 'goalCell'
  | 'design'

/** The common parts of mazes with a goal and a proxy. */
export function mazeWorld<Parameters extends GridParameters, Level extends MazeLevel>({
  goals,
  rulesOf: ownRules,
  goalCell,
  things,
  landmarks = gridLandmarks,
  proxyPlace,
  createBlind,
  design,
}: MazeWorld<Parameters, Level>): Pick<Gridworld<Parameters, Level, MazeSimulator<Level>>, MazeParts> &
  Required<Pick<Gridworld<Parameters, Level, MazeSimulator<Level>>, 'optimalReturns'>> {
  const names = [goals[0].name, goals[1].name] as const
  const isGoal = (name: string) => goals.slice(2).some((goal) => goal.name === name)
  const others = landmarks.filter(({ name }) => isGoal(name))
  const rulesOf = (parameters: Parameters): MazeRules<Level> => ({
    ...ownRules(parameters),
    goalCell,
    others,
    things: things(parameters),
  })
  const optimum = (parameters: Parameters, level: Level) => goalOptimum(level, rulesOf(parameters), parameters.discount)
  return {
    goals,
    createBlind,
    channels: (parameters) => ['wall', 'mouse', ...things(parameters).channels],
    oneHot: (parameters) => ['mouse', ...things(parameters).oneHot],
    createSimulator: (parameters, batch) => createMazeSimulator(parameters.size, rulesOf(parameters), batch),
    oracles: createMazeOracles({ names, rulesOf, others }),
    optimalReturns: (parameters, level) => solveMaze(level, rulesOf(parameters), parameters.discount),
    agency: mazeAgency({ rulesOf, names, landmarks, proxyPlace }),
    picture: (parameters, level, episode) =>
      drawEpisode({ rules: rulesOf(parameters), level, actions: episode?.actions ?? [], names }),
    goalCell,
    ...(design === undefined ? {} : { design: { ...design, optimum } }),
  }
}
