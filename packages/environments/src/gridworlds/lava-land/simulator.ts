import type { Simulator } from '../../environment.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { clearRewards, createEpisodeArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { neighbourOffsets, sideOf } from '../grid/grid.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'

export const lavaChannels = ['wall', 'mouse', 'cheese', 'lava'] as const
const channels = lavaChannels.length
const [mouseChannel, cheeseChannel, lavaChannel] = [1, 2, 3]

export const lavaCounters = ['steps on lava'] as const

/** Words of state of each episode: the mouse's cell, the steps taken, those on lava. */
const stateWords = 3

export type LavaSimulator = Simulator<LavaLevel> & {
  /** The cell where the mouse of this slot is. */
  mouseCell(index: number): number
}

/** The observation doubles as the map. Places are byte offsets into it, of a cell's first channel. */
type Episodes = EpisodeArrays & {
  readonly stride: number
  readonly maxSteps: number
  readonly mouse: Int32Array
  /** [256] by action. */
  readonly moves: Int32Array
}

export function createLavaSimulator({ size, maxSteps }: LavaParameters, batch: number): LavaSimulator {
  const stride = sideOf(size) ** 2 * channels
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size).map((offset) => offset * channels))
  const arrays = createEpisodeArrays({ batch, stride, counters: lavaCounters.length, goals: 3 })
  const episodes: Episodes = { ...arrays, stride, maxSteps, moves, mouse: new Int32Array(batch) }
  const mouseCell = (index: number) => (episodes.mouse[index] - index * stride) / channels

  function begin(index: number, level: LavaLevel): void {
    if (level.size !== size)
      throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
    place(episodes, index, level)
  }

  return {
    ...arrays,
    mouseCell,
    reset(index, level) {
      begin(index, level)
      resume(episodes, index, { cell: level.mouse, steps: 0, burnt: 0 })
    },
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<LavaLevel>({
      batch,
      words: stateWords,
      wordsOf: (i) => [mouseCell(i), episodes.steps[i], episodes.counters[i]],
      resume(i, level, [cell, steps, burnt]) {
        begin(i, level)
        resume(episodes, i, { cell, steps, burnt })
      },
    }),
  }
}

/** Shows the level, all but the mouse. */
function place({ observations, stride }: Episodes, index: number, { walls, cheese, lava }: LavaLevel): void {
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < walls.length; cell++, at += channels) observations[at] = walls[cell]
  observations[start + cheese * channels + cheeseChannel] = 1
  for (let i = 0; i < lava.length; i++) observations[start + lava[i] * channels + lavaChannel] = 1
}

type Standing = { readonly cell: number; readonly steps: number; readonly burnt: number }

function resume(episodes: Episodes, index: number, { cell, steps, burnt }: Standing): void {
  const { observations, mouse, stride, maxSteps } = episodes
  const at = index * stride + cell * channels
  mouse[index] = at
  observations[at + mouseChannel] = 1
  episodes.steps[index] = steps
  episodes.counters[index] = burnt
  clearRewards(episodes, index)
  // No mouse starts at its cheese.
  episodes.terminated[index] = observations[at + cheeseChannel]
  episodes.truncated[index] = steps >= maxSteps ? 1 - episodes.terminated[index] : 0
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, mouse, maxSteps, counters } = episodes
  const { goalRewards, terminated, truncated, steps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  const lavaRewards = episodes.goalRewards[2]
  for (let i = 0; i < batch; i++) {
    const from = mouse[i]
    const ahead = from + moves[actions[i]]
    const to = observations[ahead] === 1 ? from : ahead
    observations[from + mouseChannel] = 0
    observations[to + mouseChannel] = 1
    mouse[i] = to

    const found = observations[to + cheeseChannel]
    const burns = observations[to + lavaChannel]
    rewards[i] = found - burns
    proxyRewards[i] = found
    lavaRewards[i] = burns
    counters[i] += burns

    const taken = steps[i] + 1
    steps[i] = taken
    terminated[i] = found
    truncated[i] = taken >= maxSteps ? found ^ 1 : 0
  }
}
