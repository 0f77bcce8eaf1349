import { createStream } from '@goalpost/random'
import { setting } from './rollout.ts'

/**
 * A naive corner world: an object for each environment, a nested map, a new observation for each
 * step. Same rules, sizes, levels per episode and buffer, as a baseline for the real one.
 */
type Position = { row: number; column: number }

class NaiveCorner {
  walls: boolean[][] = []
  mouse: Position = { row: 1, column: 1 }
  cheese: Position = { row: 1, column: 1 }
  steps = 0
  readonly #size: number
  readonly #uniform: () => number

  constructor(size: number, uniform: () => number) {
    this.#size = size
    this.#uniform = uniform
    this.reset()
  }

  reset(): void {
    const size = this.#size
    const inside = (i: number) => i >= 1 && i <= size
    this.walls = Array.from({ length: size + 2 }, (_, row) =>
      Array.from({ length: size + 2 }, (_, column) => !inside(row) || !inside(column) || this.#uniform() < 0.25),
    )
    this.walls[1][1] = false
    this.cheese = this.#uniform() < setting.alpha ? this.#freeCell() : { row: 1, column: 1 }
    this.mouse = this.#freeCell(this.cheese)
    this.steps = 0
  }

  step(action: number): { observation: Uint8Array; reward: number; terminated: boolean; truncated: boolean } {
    const [rows, columns] = [
      [-1, 0, 1, 0],
      [0, -1, 0, 1],
    ]
    const ahead = { row: this.mouse.row + rows[action], column: this.mouse.column + columns[action] }
    if (!this.walls[ahead.row][ahead.column]) this.mouse = ahead
    this.steps++
    const terminated = this.mouse.row === this.cheese.row && this.mouse.column === this.cheese.column
    const truncated = !terminated && this.steps >= 128
    return { observation: this.observe(), reward: terminated ? 1 : 0, terminated, truncated }
  }

  observe(): Uint8Array {
    const side = this.#size + 2
    const observation = new Uint8Array(side * side * 3)
    this.walls.forEach((line, row) =>
      line.forEach((wall, column) => (observation[(row * side + column) * 3] = wall ? 1 : 0)),
    )
    observation[(this.mouse.row * side + this.mouse.column) * 3 + 1] = 1
    observation[(this.cheese.row * side + this.cheese.column) * 3 + 2] = 1
    return observation
  }

  #freeCell(except?: Position): Position {
    const free: Position[] = []
    this.walls.forEach((line, row) =>
      line.forEach((wall, column) => {
        if (!wall && (row !== except?.row || column !== except.column)) free.push({ row, column })
      }),
    )
    return free[Math.floor(this.#uniform() * free.length)]
  }
}

/** Collects rollouts, as `createCollector` does. */
export function createNaiveCollector(size: number): (rollouts: number) => number {
  const { batch, rolloutSteps, seed } = setting
  const { uniform } = createStream(seed).named('naive').at(0)
  const environments = Array.from({ length: batch }, () => new NaiveCorner(size, uniform))
  let observations = environments.map((environment) => environment.observe())
  const width = observations[0].length
  const buffer = new Uint8Array(rolloutSteps * batch * width)

  return (rollouts) => {
    for (let time = 0; time < rollouts * rolloutSteps; time++) {
      const t = time % rolloutSteps
      observations.forEach((observation, i) => buffer.set(observation, (t * batch + i) * width))
      observations = environments.map((environment) => {
        const { observation, terminated, truncated } = environment.step(Math.floor(uniform() * 4))
        if (!terminated && !truncated) return observation
        environment.reset()
        return environment.observe()
      })
    }
    return rollouts * rolloutSteps * batch
  }
}
