import { createMazeReader, type MazeView } from './maze-view.ts'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** The memory and behaviour of one episode. Created at the first step of every episode. */
type Walk = (view: MazeView) => number

/** A policy that acts on the maze it sees: `start` reads an episode's first view, and returns how to act. */
export function walkMazes(start: (first: MazeView) => Walk): ScriptedPolicy {
  return (world) => {
    const { batch } = world.simulator
    const read = createMazeReader(world)
    const walks: (Walk | null)[] = Array.from({ length: batch }, () => null)
    return {
      begin: (slot) => void (walks[slot] = null),
      act(observations, actions) {
        for (let slot = 0; slot < batch; slot++) {
          const view = read(observations, slot)
          const walk = (walks[slot] ??= start(view))
          actions[slot] = walk(view)
        }
      },
    }
  }
}
