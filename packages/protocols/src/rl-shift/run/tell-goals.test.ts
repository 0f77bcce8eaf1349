import type { JsonObject } from '@goalpost/contracts'
import type { ActingPolicy } from '@goalpost/learning'
import { expect, test } from 'vitest'
import { createSimulatorFor, openSuite } from '../../worlds/run/suite.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { EvaluateInputs, Told } from '../evaluate-task.ts'
import { rlShift } from '../index.ts'
import { storedOptions } from '../stored-options.ts'
import { tellIfTold } from './tell-goals.ts'

const options: JsonObject = {
  environment: 'corner',
  parameters: { size: 4, maxSteps: 8 },
  steps: 8192,
  method: { kind: 'goal-conditioned' },
  suites: [
    { name: 'upright', role: 'in-distribution', distribution: 'training', levels: 8 },
    { name: 'flipped', role: 'shifted', distribution: 'distinguishing', levels: 8, observation: 'flip-vertical' },
  ],
  alpha: 1,
}

const resolution = rlShift.resolve(options)
if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
const resolved = storedOptions(resolution.options)

/** Cells that show the cheese and cells that are told, by level of the suite. */
async function seenOn(suite: number, told: Told) {
  const playable = openSuite(suiteWorld(resolved, resolved.suites[suite]!), null)
  const { levels } = playable.suite
  const simulator = createSimulatorFor(playable, levels.length)
  const { channels, shape } = playable.environment.observation(playable.world.parameters)
  let seen = new Uint8Array(0)
  const inner = { begin() {}, act: async (shown: Uint8Array) => void (seen = shown.slice()) }
  const policy = tellIfTold(inner as unknown as ActingPolicy, playable, { told } as EvaluateInputs)
  for (const [slot, level] of levels.entries()) {
    simulator.reset(slot, level)
    policy.begin?.(slot, level)
  }
  await policy.act(simulator.observations, new Uint8Array(levels.length), () => 0)
  const [cells, width] = [shape[0] * shape[1], channels.length + 1]
  const cellsOf = (channel: number) =>
    levels.map((_, slot) =>
      Array.from({ length: cells }, (_, cell) => cell).filter(
        (cell) => seen[(slot * cells + cell) * width + channel] === 1,
      ),
    )
  return { cheese: cellsOf(channels.indexOf('cheese')), told: cellsOf(channels.length) }
}

test('the told cell is the one that shows the goal, also when the world is seen upside down', async () => {
  for (const suite of [0, 1]) {
    const { cheese, told } = await seenOn(suite, true)
    expect(cheese.every((cells) => cells.length === 1)).toBe(true)
    expect(new Set(cheese.map(String)).size).toBeGreaterThan(2)
    expect(told).toEqual(cheese)
  }
})

test('a policy that could be told and is not sees an empty channel', async () => {
  const { told } = await seenOn(0, 'nothing')
  expect(told.every((cells) => cells.length === 0)).toBe(true)
})
