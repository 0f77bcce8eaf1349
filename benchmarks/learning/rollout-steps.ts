/**
 * Policy-rollout steps per second: environment steps whose actions were sampled from the network at batch 256, level
 * generation and observations included; nothing is learnt.
 *
 *   npx node benchmarks/learning/rollout-steps.ts [seconds per workload]
 */
import { createEngine } from '@goalpost/engine'
import { createPolicy, initializeParameters } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine, perSecond, timeRepeated } from './machine.ts'
import { createWorld, workloads } from './workloads.ts'

const seconds = Number(process.argv[2] ?? 3)
const batch = 256

const engine = await createEngine('tfjs:wasm')
console.log(`policy rollout, steps/s at batch ${batch}; ${engine.info.name} ${engine.info.build}; ${describeMachine()}`)
for (const workload of workloads) {
  const { network, simulator, levelOf } = createWorld(workload, batch)
  const parameters = initializeParameters(network, createStream(1).named('init'))
  const policy = await createPolicy(engine, { network: network.spec, interface: network.interface, parameters }, batch)
  const draws = createStream(1).named('actions')
  const actions = new Uint8Array(batch)
  let nextLevel = 0
  let counter = 0
  for (let slot = 0; slot < batch; slot++) simulator.reset(slot, levelOf(nextLevel++))
  const { wallMs, cpuMs } = await timeRepeated(seconds, async () => {
    await policy.sampled.act(simulator.observations, actions, (slot) => draws.uniform(counter, slot))
    counter += 1
    simulator.step(actions)
    for (let slot = 0; slot < batch; slot++)
      if (simulator.terminated[slot] === 1 || simulator.truncated[slot] === 1)
        simulator.reset(slot, levelOf(nextLevel++))
  })
  console.log(`${workload.name}: ${perSecond(batch, wallMs)} (${perSecond(batch, cpuMs)} per second of processor time)`)
  policy.dispose()
}
