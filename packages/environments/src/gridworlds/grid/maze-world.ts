import type { Goals, ReferencePolicy } from '../../environment.ts'
import type { Gridworld, GridParameters } from './define-gridworld.ts'
import { landmarks } from './landmarks.ts'
import { mazeAgency } from './maze-agency.ts'
import { createMazeOracles } from './maze-oracles.ts'
import { drawEpisode } from './maze-picture.ts'
import type { MazeLevel, MazeRules } from './maze-rules.ts'
import { createMazeSimulator, type MazeSimulator } from './maze-simulator.ts'
import { solveMaze } from './solve-maze.ts'

type MazeWorld<Parameters, Level extends MazeLevel> = {
  /** The cheese, the proxy, and landmarks, which are known by their names. */
  readonly goals: Goals
  rulesOf(parameters: Parameters): Omit<MazeRules<Level>, 'others' | 'proxyChannels'>
  /** Channels that show where the proxy's cell is. */
  proxyChannels(parameters: Parameters): readonly string[]
  /** The landmark that the proxy is in every level: no candidate goal of its own. */
  readonly proxyPlace?: string
  readonly createBlind: (batch: number) => ReferencePolicy
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

/** The common parts of mazes with a cheese and a proxy. */
export function mazeWorld<Parameters extends GridParameters, Level extends MazeLevel>({
  goals,
  rulesOf: ownRules,
  proxyChannels,
  proxyPlace,
  createBlind,
}: MazeWorld<Parameters, Level>): Pick<Gridworld<Parameters, Level, MazeSimulator<Level>>, MazeParts> &
  Required<Pick<Gridworld<Parameters, Level, MazeSimulator<Level>>, 'optimalReturns'>> {
  const proxyName = goals[1].name
  const isGoal = (name: string) => goals.slice(2).some((goal) => goal.name === name)
  const others = landmarks.filter(({ name }) => isGoal(name))
  const rulesOf = (parameters: Parameters): MazeRules<Level> => ({
    ...ownRules(parameters),
    others,
    proxyChannels: proxyChannels(parameters).length,
  })
  const oneHot = (parameters: Parameters) => ['mouse', 'cheese', ...proxyChannels(parameters)]
  return {
    goals,
    createBlind,
    channels: (parameters) => ['wall', ...oneHot(parameters)],
    oneHot,
    createSimulator: (parameters, batch) => createMazeSimulator(parameters.size, rulesOf(parameters), batch),
    oracles: createMazeOracles({ proxyName, rulesOf, others }),
    optimalReturns: (parameters, level) => solveMaze(level, rulesOf(parameters), parameters.discount),
    agency: mazeAgency({ rulesOf, proxyName, proxyPlace }),
    picture: (parameters, level, episode) =>
      drawEpisode({ rules: rulesOf(parameters), level, actions: episode?.actions ?? [], proxyName }),
    goalCell: ({ cheese }) => cheese,
  }
}
