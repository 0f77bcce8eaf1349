/**
 * Environment steps per second that each training method learns from, with everything that it plays besides:
 * `node benchmarks/learning/methods.ts [iterations]`. Corner 5×5 as in examples/remedies-corner.yaml, `onnx:cpu`, in
 * processor time. Methods take turns, so that all see the same load.
 */
import { createEngine } from '@goalpost/engine'
import { environments, levelFingerprint, sampleMixture } from '@goalpost/environments'
import {
  createAccelMethod,
  createMaximinMethod,
  createNetwork,
  createPlrMethod,
  createPpoMethod,
  defaultAccelOptions,
  defaultMlp,
  defaultPlrOptions,
  defaultPpoOptions,
  type Method,
  type Training,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine } from './machine.ts'

const iterations = Number(process.argv[2] ?? 20)
const alpha = 0.01
const regret = 'oracle-latest'

const methods = [
  createPpoMethod(defaultPpoOptions),
  createPlrMethod(defaultPpoOptions, { ...defaultPlrOptions, regret }),
  createAccelMethod(defaultPpoOptions, { ...defaultAccelOptions, regret }),
  createMaximinMethod(defaultPpoOptions),
]

async function start(method: Method): Promise<Training> {
  const corner = environments.get('corner')
  const design = corner?.design
  if (corner === undefined || design === undefined) throw new Error('corner has edits')
  const parameters = corner.parameters.parse({ size: 5, maxSteps: 32, discount: 0.99 })
  const { shape, oneHot = [] } = corner.observation(parameters)
  const stream = createStream(1)
  const levels = stream.named('levels')
  return method.start({
    engine: await createEngine('onnx:cpu'),
    network: createNetwork({ ...defaultMlp, crop: 1 }, { observation: shape, oneHot, actions: corner.actions.length }),
    world: {
      simulator: (batch) => corner.createSimulator(parameters, batch),
      levelOf: (index) => sampleMixture({ environment: corner, parameters, alpha }, levels, index),
      discount: 0.99,
      proxyAggregate: 'discounted',
      continuing: false,
      levelTools: {
        text: (level) => JSON.stringify(corner.levelToJson(level)),
        read: (text) => corner.levelFromJson(parameters, JSON.parse(text)),
        fingerprint: levelFingerprint,
        optimum: (level) => design.optimum(parameters, level),
        design: {
          kindOf: (level) => design.kindOf(parameters, level),
          toggleWall: (level, random) => design.toggleWall(parameters, level, random),
          moveThing: (level, random) => design.moveThing(parameters, level, random),
          resample: (level, kind, random) => design.resample(parameters, level, kind, random),
          alpha,
        },
      },
    },
    iterations: 1000,
    stream,
    yieldToEventLoop: async () => {},
  })
}

const trainings = await Promise.all(
  methods.map(async (method) => ({ method, training: await start(method), microseconds: 0 })),
)
for (const { training } of trainings) for (let i = 0; i < 3; i++) await training.iterate()
for (let i = 0; i < iterations; i++)
  for (const entry of trainings) {
    const before = process.cpuUsage()
    await entry.training.iterate()
    const { user, system } = process.cpuUsage(before)
    entry.microseconds += user + system
  }

console.log(`${describeMachine()}\n\n| method | steps/s learned from | of ppo |\n|---|--:|--:|`)
for (const { method, microseconds } of trainings) {
  const speed = (iterations * method.stepsPerIteration * 1e6) / microseconds
  const share = (trainings[0]?.microseconds ?? 0) / microseconds
  console.log(`| ${method.name} | ${Math.round(speed).toLocaleString('en-US')} | ${share.toFixed(2)} |`)
}
