import { createSolution } from '../../create-solution.ts'
import {
  noMeasures,
  type Environment,
  type EpisodeRecord,
  type Goals,
  type OptimalReturns,
  type ReferencePolicy,
  type Simulator,
  type Solution,
} from '../../environment.ts'
import { findReference } from '../../oracles.ts'
import type { CellPicture } from '../../rendering/picture.ts'
import { createGridAgency, type GridAgency } from './grid-agency.ts'
import { gridMoves, rowAndColumn, sideOf, type GridLevel } from './grid.ts'
import type { LevelFormat } from './level-format.ts'
import { gridFromJson, gridToJson } from './level-json.ts'
import { parseGrid } from './parse-level.ts'
import { printGrid } from './print-level.ts'
import { createRandomWalker } from './random-walkers.ts'
import { smallerLevels } from './smaller-levels.ts'

export type GridParameters = {
  readonly size: number
  readonly discount: number
  /** null in an environment that is never reset. */
  readonly maxSteps: number | null
}

/** An oracle's game. */
export type OracleGame<Parameters, Level> = {
  readonly parameters: Parameters
  readonly simulator: Simulator<Level>
  readonly levelOf: (index: number) => Level
}
export type CreateOracle<Parameters, Level> = (game: OracleGame<Parameters, Level>) => ReferencePolicy
export type Oracles<Parameters, Level> = Readonly<Record<string, CreateOracle<Parameters, Level>>>

type Described<Parameters, Level> = Pick<
  Environment<Parameters, Level>,
  'name' | 'version' | 'title' | 'description' | 'parameters' | 'distributions' | 'shifts'
>
type Optional<Parameters, Level> = Pick<
  Environment<Parameters, Level>,
  'stochastic' | 'measures' | 'judging' | 'objects' | 'design'
>

/** The parts in which gridworlds differ. */
export type Gridworld<Parameters, Level extends GridLevel, World extends Simulator<Level>> = Described<
  Parameters,
  Level
> &
  Partial<Optional<Parameters, Level>> & {
    readonly goals: Goals
    /** A function if it depends on the number of things: from parameters or a level. */
    readonly format: LevelFormat<Level> | ((from: Parameters | Level) => LevelFormat<Level>)
    channels(parameters: Parameters): readonly string[]
    /** Channels with at most one cell set. */
    oneHot(parameters: Parameters): readonly string[]
    createSimulator(parameters: Parameters, batch: number): World
    /** By goal. `either` is the either-oracle; default: the intended goal's. */
    readonly oracles: Oracles<Parameters, Level>
    /** The best blind policy; default: random, for worlds where things can be anywhere. */
    readonly createBlind?: (batch: number) => ReferencePolicy
    /** By goal: see `Solution`. */
    optimalReturns?(parameters: Parameters, level: Level): OptimalReturns
    /** Default: whether the intended goal's optimum is above 0. */
    isSolvable?(parameters: Parameters, level: Level): boolean
    picture(parameters: Parameters, level: Level, episode?: EpisodeRecord): CellPicture
    readonly agency?: GridAgency<Parameters, Level, World>
    /** The cell of the intended goal. */
    goalCell?(level: Level): number
  }

type Solved<Parameters, Level extends GridLevel> = Required<
  Pick<Gridworld<Parameters, Level, Simulator<Level>>, 'optimalReturns'>
>

/** Drawn in cells: this overload is first, so callers get it. */
export type DefinedGridworld<Parameters, Level> = {
  picture(parameters: Parameters, level: Level, episode?: EpisodeRecord): CellPicture
} & Environment<Parameters, Level> &
  Written<Parameters, Level>

/** An environment on a grid, with the usual levels as text and JSON, references, views and candidate goals. */
export function defineGridworld<
  Parameters extends GridParameters,
  Level extends GridLevel,
  World extends Simulator<Level>,
>(
  world: Gridworld<Parameters, Level, World> & Solved<Parameters, Level>,
): DefinedGridworld<Parameters, Level> & Required<Pick<Environment<Parameters, Level>, 'solve'>>
export function defineGridworld<
  Parameters extends GridParameters,
  Level extends GridLevel,
  World extends Simulator<Level>,
>(world: Gridworld<Parameters, Level, World>): DefinedGridworld<Parameters, Level>
export function defineGridworld<
  Parameters extends GridParameters,
  Level extends GridLevel,
  World extends Simulator<Level>,
>(world: Gridworld<Parameters, Level, World>): DefinedGridworld<Parameters, Level> {
  const { name, version, title, description, parameters, distributions, shifts, picture, goals } = world
  return {
    name,
    version,
    title,
    description,
    parameters,
    distributions,
    shifts,
    picture,
    goals,
    actions: gridMoves,
    stochastic: world.stochastic ?? false,
    measures: world.measures ?? (() => noMeasures),
    horizon: ({ discount, maxSteps }) => ({ discount, maxSteps: maxSteps ?? Number.POSITIVE_INFINITY }),
    observation: (given) => observationOf(world, given),
    createSimulator: world.createSimulator,
    createReference: (reference, given, simulator, levelOf) =>
      createReference(world, findReference(goals, reference), { parameters: given, simulator, levelOf }),
    ...levelsOf<Parameters, Level>(world.format, parameters),
    ...abilitiesOf(world),
  }
}

function observationOf<Parameters extends GridParameters>(
  world: Pick<Gridworld<Parameters, never, never>, 'channels' | 'oneHot'>,
  parameters: Parameters,
) {
  const channels = world.channels(parameters)
  const side = sideOf(parameters.size)
  const oneHot = world.oneHot(parameters).map((channel) => channels.indexOf(channel))
  return { shape: [side, side, channels.length] as const, channels, oneHot }
}

type Referred<Parameters, Level extends GridLevel> = Pick<
  Gridworld<Parameters, Level, Simulator<Level>>,
  'oracles' | 'goals' | 'createBlind'
>

function createReference<Parameters, Level extends GridLevel>(
  { oracles, goals, createBlind = createRandomWalker }: Referred<Parameters, Level>,
  reference: ReturnType<typeof findReference>,
  game: OracleGame<Parameters, Level>,
): ReferencePolicy {
  if (reference === 'random') return createRandomWalker(game.simulator.batch)
  if (reference === 'blind') return createBlind(game.simulator.batch)
  const { name } = reference === 'either-oracle' ? goals[0] : reference
  const create = (reference === 'either-oracle' ? oracles['either'] : undefined) ?? oracles[name]
  if (create === undefined) throw new RangeError(`the goal ${name} has no oracle`)
  return create(game)
}

type Written<Parameters, Level> = Required<
  Pick<Environment<Parameters, Level>, 'printLevel' | 'parseLevel' | 'levelToJson' | 'levelFromJson' | 'smallerLevels'>
>

/** Levels as text and JSON, and smaller ones. */
function levelsOf<Parameters extends GridParameters, Level extends GridLevel>(
  format: LevelFormat<Level> | ((from: Parameters | Level) => LevelFormat<Level>),
  schema: Environment<Parameters>['parameters'],
): Written<Parameters, Level> {
  const formatOf = typeof format === 'function' ? format : () => format
  const printLevel = (_: Parameters, level: Level) => printGrid(formatOf(level), level)
  const parseLevel = (parameters: Parameters, drawing: string) =>
    parseGrid(formatOf(parameters), parameters.size, drawing)
  const drawn = { parameters: schema, printLevel, parseLevel }
  return {
    printLevel,
    parseLevel,
    smallerLevels: (parameters, level) => smallerLevels(drawn, parameters, level),
    levelToJson: (level) => gridToJson(formatOf(level), level),
    levelFromJson: (parameters, json) => gridFromJson(formatOf(parameters), parameters.size, json),
  }
}

/** The optional members that this world has. */
function abilitiesOf<Parameters extends GridParameters, Level extends GridLevel, World extends Simulator<Level>>(
  world: Gridworld<Parameters, Level, World>,
) {
  const { goals, goalCell, agency, judging, objects, design, createSimulator, optimalReturns } = world
  return {
    ...(optimalReturns === undefined ? {} : { solve: createSolver({ optimalReturns, isSolvable: world.isSolvable }) }),
    ...(goalCell === undefined ? {} : { goalPlace: (level: Level) => rowAndColumn(level.size, goalCell(level)) }),
    ...(agency === undefined ? {} : { agency: createGridAgency({ agency, goals, createSimulator }) }),
    ...(judging === undefined ? {} : { judging }),
    ...(objects === undefined ? {} : { objects }),
    ...(design === undefined ? {} : { design }),
  }
}

function createSolver<Parameters, Level extends GridLevel>({
  optimalReturns,
  isSolvable,
}: Solved<Parameters, Level> & Pick<Gridworld<Parameters, Level, Simulator<Level>>, 'isSolvable'>) {
  return (parameters: Parameters, level: Level): Solution =>
    createSolution(optimalReturns(parameters, level), isSolvable?.(parameters, level))
}
