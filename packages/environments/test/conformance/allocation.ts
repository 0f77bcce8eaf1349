import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { Game } from '../play.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const stepsPerRound = 4_000
const warmUpRounds = 6
/** Interpreted code allocates numbers; when V8 compiles it depends on the machine. */
const maxRounds = 60
/**
 * The smallest heap object, a number, takes at least 12 bytes: an allocation in every step would exceed this.
 * Allocations of a reset, once per episode, do not.
 */
const bytesPerStep = 8

export function allocationGuarantees({ environment, parameters, levels, stream }: Game<unknown, unknown>): void {
  test('allocates nothing while it steps', () => {
    const simulator = environment.createSimulator(parameters, 1)
    const actions = Array.from({ length: stepsPerRound }, (_, step) =>
      Uint8Array.of(Math.floor(stream.uniform(step) * environment.actions.length)),
    )
    let episode = 0
    const begin = () => simulator.reset(0, levels[episode % levels.length], episode++)
    function playRound(): void {
      // An iterator would allocate an object per step until this loop is compiled.
      for (let step = 0; step < stepsPerRound; step++) {
        simulator.step(actions[step])
        if (simulator.terminated[0] + simulator.truncated[0] > 0) begin()
      }
    }
    begin()
    // Compiling the loop also allocates, until the loop has been hot for a while.
    for (let round = 0; round < warmUpRounds; round++) playRound()
    const grow = () => {
      collectGarbage()
      const before = getHeapStatistics().used_heap_size
      playRound()
      return (getHeapStatistics().used_heap_size - before) / stepsPerRound
    }
    // One round without allocations proves it.
    let least = Number.POSITIVE_INFINITY
    for (let round = 0; round < maxRounds && least >= bytesPerStep; round++) least = Math.min(least, grow())
    expect(least).toBeLessThan(bytesPerStep)
  })
}
