import { createMazeReader, type MazeView } from './maze-view.ts'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** What one episode remembers, and how it acts on what it sees. Made anew at the first step of every episode. */
type Walk = (view: MazeView) => number

/** A policy that acts on each maze as it sees it: `start` looks at an episode's first view, and says how to go on. */
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
