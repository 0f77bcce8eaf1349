import type { Simulator } from '@goalpost/environments'
import type { Rng } from '@goalpost/random'
import type { ImageShape } from '../../networks/network-spec.ts'
import type { Reading } from '../../networks/reading.ts'
import type { Instructor } from '../goal-conditioned/tell-levels.ts'

/** First observations of levels, and the cell to point at in each. */
export type Lessons = {
  /** [count × reading.length] */
  readonly observations: Uint8Array
  /** [count] row · width + column. */
  readonly cells: Int32Array
}

type Schoolbook<Level> = {
  readonly levelOf: (index: number) => Level
  readonly simulator: Simulator<Level>
  readonly reading: Reading
  readonly shape: ImageShape
  readonly instructor: Instructor<Level>
  /** Chance of the places of an index; null: lessons point at the goal. */
  readonly anywhere: ((index: number) => Rng) | null
}

/** The lessons of the levels from `first` on. */
export function writeLessons<Level>(
  { levelOf, simulator, reading, shape, instructor, anywhere }: Schoolbook<Level>,
  { first, count }: { readonly first: number; readonly count: number },
): Lessons {
  const observations = new Uint8Array(count * reading.length)
  const cells = new Int32Array(count)
  const { batch } = simulator
  for (let done = 0; done < count; done += batch) {
    const together = Math.min(batch, count - done)
    for (let slot = 0; slot < together; slot++) {
      const index = first + done + slot
      const level = levelOf(index)
      simulator.reset(slot, level)
      const taught = anywhere === null ? level : instructor.moveGoal(level, anywhere(index))
      const [row, column] = instructor.placeOf(taught)
      cells[done + slot] = row * shape[1] + column
    }
    reading.write(simulator.observations, together, observations, done * reading.length)
  }
  return { observations, cells }
}
