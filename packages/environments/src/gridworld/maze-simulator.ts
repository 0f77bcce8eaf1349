import type { Simulator } from '../environment.ts'
import { neighbourOffsets, sideOf } from './grid.ts'
import { channelCount, visitedCheese, visitedProxy, type MazeLevel, type TwoGoalRules } from './two-goals.ts'

export type MazeSimulator<Level> = Simulator<Level> & {
  readonly size: number
  /** The cell where the mouse of this slot is. */
  mouseCell(index: number): number
}

export function isMazeSimulator<Level>(simulator: Simulator<Level>): simulator is MazeSimulator<Level> {
  return 'mouseCell' in simulator
}

const stateWords = 3

/**
 * Episodes in mazes with two goals. The observation doubles as the map: its wall channel decides which moves are blocked,
 * and a step changes no more than the bytes that differ. Positions are byte offsets of a cell's first channel.
 */
export function createMazeSimulator<Level extends MazeLevel>(
  size: number,
  rules: TwoGoalRules<Level>,
  batch: number,
): MazeSimulator<Level> {
  const channels = channelCount(rules)
  const cells = sideOf(size) ** 2
  const stride = cells * channels
  const { maxSteps, proxyChannels } = rules
  const ends = Uint8Array.from(rules.ends, Number)
  // Actions beyond the four directions, `stay` among them, move nobody.
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size).map((offset) => offset * channels))

  const observations = new Uint8Array(batch * stride)
  const rewards = new Float32Array(batch)
  const proxyRewards = new Float32Array(batch)
  const terminated = new Uint8Array(batch)
  const truncated = new Uint8Array(batch)
  const steps = new Int32Array(batch)
  const mouse = new Int32Array(batch)
  const cheese = new Int32Array(batch)
  const proxy = new Int32Array(batch)
  const visited = new Uint8Array(batch)

  function place(index: number, level: Level): void {
    if (level.size !== size)
      throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
    const { walls } = level
    const start = index * stride
    observations.fill(0, start, start + stride)
    for (let cell = 0, at = start; cell < cells; cell++, at += channels) observations[at] = walls[cell]
    cheese[index] = start + level.cheese * channels
    proxy[index] = start + rules.proxyCell(level) * channels
    observations[cheese[index] + 2] = 1
    observations.fill(1, proxy[index] + 3, proxy[index] + 3 + proxyChannels)
  }

  function begin(index: number, cell: number): void {
    mouse[index] = index * stride + cell * channels
    observations[mouse[index] + 1] = 1
    rewards[index] = 0
    proxyRewards[index] = 0
  }

  function take(index: number, what: number): void {
    visited[index] |= what
    if ((what & visitedCheese) !== 0) observations[cheese[index] + 2] = 0
    if ((what & visitedProxy) !== 0) observations.fill(0, proxy[index] + 3, proxy[index] + 3 + proxyChannels)
  }

  function step(actions: Uint8Array): void {
    for (let i = 0; i < batch; i++) {
      const from = mouse[i]
      const ahead = from + moves[actions[i]]
      const to = observations[ahead] === 1 ? from : ahead
      observations[from + 1] = 0
      observations[to + 1] = 1
      mouse[i] = to

      const reached = (to === cheese[i] ? visitedCheese : 0) | (to === proxy[i] ? visitedProxy : 0)
      const first = reached & ~visited[i]
      if (first !== 0) take(i, first)
      rewards[i] = first & visitedCheese
      proxyRewards[i] = first >> 1

      const taken = steps[i] + 1
      steps[i] = taken
      const ended = ends[visited[i]]
      terminated[i] = ended
      truncated[i] = taken >= maxSteps ? ended ^ 1 : 0
    }
  }

  function reset(index: number, level: Level): void {
    place(index, level)
    begin(index, level.mouse)
    visited[index] = 0
    steps[index] = 0
    terminated[index] = 0
    truncated[index] = 0
  }

  function saveState(): Int32Array {
    const state = new Int32Array(batch * stateWords)
    for (let i = 0; i < batch; i++) state.set([mouseCell(i), steps[i], visited[i]], i * stateWords)
    return state
  }

  function restoreState(levels: readonly Level[], state: Int32Array): void {
    if (state.length !== batch * stateWords || levels.length !== batch)
      throw new RangeError(
        `the state of ${batch} episodes is ${batch * stateWords} words and as many levels as episodes`,
      )
    for (let i = 0; i < batch; i++) {
      const [cell, taken, seen] = state.subarray(i * stateWords, (i + 1) * stateWords)
      place(i, levels[i])
      begin(i, cell)
      visited[i] = 0
      take(i, seen)
      steps[i] = taken
      terminated[i] = ends[seen]
      truncated[i] = taken >= maxSteps ? terminated[i] ^ 1 : 0
    }
  }

  const mouseCell = (index: number) => (mouse[index] - index * stride) / channels

  return {
    batch,
    size,
    observations,
    rewards,
    proxyRewards,
    terminated,
    truncated,
    steps,
    reset,
    step,
    saveState,
    restoreState,
    mouseCell,
  }
}
