/**
 * Milliseconds of one PPO update (2,048 samples: forward, loss, backward, gradient norm, Adam), and of the same update in
 * PyTorch on one thread where `python3` has it, measured right after, so that both saw the same machine.
 *
 *   npx node benchmarks/learning/update.ts [seconds per workload] [python] [engine]
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createEngine, type EngineName } from '@goalpost/engine'
import {
  createMinibatch,
  createOptimizer,
  defaultPpoOptions,
  initializeParameters,
  type Minibatch,
  type Network,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine, timeRepeated, type Timing } from './machine.ts'
import { createWorld, workloads } from './workloads.ts'

const seconds = Number(process.argv[2] ?? 3)
const python = process.argv[3] ?? 'python3'
const samples = 2048

type PeerTiming = Timing & { readonly version: string }

/** Null where Python or PyTorch is not there. */
async function timePeer(network: Network): Promise<PeerTiming | null> {
  const request = { spec: network.spec, input: network.input, actions: network.interface.actions, samples, seconds }
  const script = new URL('../peers/ppo_update.py', import.meta.url).pathname
  try {
    const { stdout } = await promisify(execFile)(python, [script, JSON.stringify(request)])
    return JSON.parse(stdout) as PeerTiming
  } catch (error) {
    if (!String(error).includes('No module named') && !String(error).includes('ENOENT')) throw error
    return null
  }
}

function drawMinibatch(network: Network): Minibatch {
  const random = createStream(1).at(0)
  const observation = network.interface.observation.reduce((product, side) => product * side)
  const minibatch = createMinibatch({ samples, observation })
  for (const name of ['advantages', 'returns', 'values'] as const)
    minibatch[name].forEach((_, i, all) => (all[i] = random.normal()))
  minibatch.observations.forEach((_, i, all) => (all[i] = random.integer(2)))
  minibatch.actions.forEach((_, i, all) => (all[i] = random.integer(network.interface.actions)))
  minibatch.logProbabilities.fill(Math.log(1 / network.interface.actions))
  return minibatch
}

const engine = await createEngine((process.argv[4] ?? 'tfjs:wasm') as EngineName)
const options = { ...defaultPpoOptions, environments: samples, rolloutSteps: 1, minibatches: 1 }
console.log(`PPO update of ${samples} samples, ms; ${engine.info.name} ${engine.info.build}; ${describeMachine()}`)
for (const workload of workloads) {
  const { network } = createWorld(workload, 1)
  const optimizer = await createOptimizer({ engine, network, options }, initializeParameters(network, createStream(1)))
  const minibatch = drawMinibatch(network)
  const ours = await timeRepeated(seconds, () => optimizer.update(minibatch, options.learningRate))
  optimizer.dispose()
  const peer = await timePeer(network)
  const against =
    peer === null
      ? 'no PyTorch here'
      : `PyTorch ${peer.version} ${peer.wallMs.toFixed(1)} (${peer.cpuMs.toFixed(1)} processor): ` +
        `${(ours.cpuMs / peer.cpuMs).toFixed(1)} times its processor time`
  console.log(`${workload.name}: ${ours.wallMs.toFixed(1)} (${ours.cpuMs.toFixed(1)} processor); ${against}`)
}
