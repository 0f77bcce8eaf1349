import type { ObservationSpec } from '@goalpost/environments'
import type { BatchPolicy } from '@goalpost/evaluation'

export type Sight = Pick<ObservationSpec, 'shape' | 'channels'>

export type Walk = {
  /** Whether a cell is a target, by whether a channel is set there. */
  readonly to: (shows: Shows, row: number, column: number) => boolean
  /** A channel that is gone around, as long as there is a way around. */
  readonly around?: string
  /** Probability of a random action in any step. */
  readonly slips?: number
}

type Shows = (channel: string) => boolean

/** Up, left, down, right. */
const moves = [
  [-1, 0],
  [0, -1],
  [1, 0],
  [0, 1],
] as const

/** Walks the shortest way to a visible target, by the observation alone; at random if it sees none. */
export function walkBySight({ shape: [height, width, count], channels }: Sight, walk: Walk): BatchPolicy {
  const { to, around, slips = 0 } = walk
  const size = height * width * count

  function chooseAction(seen: Uint8Array): number {
    const shows = (cell: number, channel: string) => seen[cell * count + channels.indexOf(channel)] === 1
    const cells = Array.from({ length: height * width }, (_, cell) => cell)
    const targets = cells.filter((cell) => to((name) => shows(cell, name), Math.floor(cell / width), cell % width))
    const mouse = cells.find((cell) => shows(cell, 'mouse'))
    if (mouse === undefined) return -1
    const open = cells.map((cell) => !shows(cell, 'wall'))
    const careful = cells.map((cell) => open[cell] === true && (around === undefined || !shows(cell, around)))
    const distances = [careful, open].map((free) => distancesTo(targets, free)).find((all) => all[mouse] !== -1)
    return distances?.[mouse] === undefined || distances[mouse] <= 0 ? -1 : nearer(distances, mouse)
  }

  /** Steps to the nearest target, for each cell; −1 where there is no way. */
  function distancesTo(targets: readonly number[], free: readonly boolean[]): number[] {
    const distances = free.map(() => -1)
    for (const target of targets) distances[target] = 0
    const queue = [...targets]
    for (const cell of queue)
      for (const next of neighbours(cell))
        if (distances[next] === -1 && (free[next] ?? false)) {
          distances[next] = distances[cell]! + 1
          queue.push(next)
        }
    return distances
  }

  const neighbours = (cell: number) => moves.map(([rows, columns]) => cell + rows * width + columns)
  const nearer = (distances: readonly number[], cell: number) =>
    neighbours(cell).findIndex((next) => distances[next] === distances[cell]! - 1)

  return {
    act(observations, actions, uniform) {
      for (let slot = 0; slot < actions.length; slot++) {
        const [slip, drawn] = [uniform(slot) < slips, Math.floor(uniform(slot) * moves.length)]
        const chosen = slip ? -1 : chooseAction(observations.subarray(slot * size, (slot + 1) * size))
        actions[slot] = chosen === -1 ? drawn : chosen
      }
    },
  }
}
