/**
 * Trained environment steps per second (rollout, advantages and all updates of PPO; drawing and following levels
 * included), as the examples train.
 *
 *   npx node benchmarks/learning/trained-steps.ts [--engine name] [--examples coinrun,maze] [--runs 5] [--core 0] [--clock wall|processor]
 */
import { parseArgs } from 'node:util'
import { engineNames } from '@goalpost/engine'
import { clocks } from './compete.ts'
import { isAbsent, startContestant, type Contestant, type Timing } from './contestant.ts'
import type { ExampleRequest } from './example.ts'
import { readExample, type ExampleTraining } from './examples.ts'
import { describeMachine } from './machine.ts'
import { summarize } from './statistics.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'onnx:cpu' },
    examples: { type: 'string' },
    runs: { type: 'string', default: '5' },
    core: { type: 'string', default: '0' },
    clock: { type: 'string', default: 'wall' },
  },
})
const engine = engineNames.find((name) => name === values.engine)
if (engine === undefined) throw new RangeError(`engines are ${engineNames.join(', ')}`)
const clock = clocks.find((name) => name === values.clock)
if (clock === undefined) throw new RangeError(`clocks are ${clocks.join(', ')}`)

const all = [
  'corner',
  'dish',
  'keys',
  'follow-me',
  'lava-land',
  'monster-world',
  'tree-gridworld',
  'goal-cycle',
  'coinrun',
  'keys-chests',
  'goal-navigation',
  'maze',
  'maze-colour-shape',
  'maze-pixels',
  'corner-13',
  'coinrun-pixels',
]
const examples = values.examples?.split(',') ?? all

/** The minimum duration of one run. */
const runMs = 1_000
/** A convolution takes half a minute for a rollout of 128 steps; with fewer, the work per step is the same. */
const mostConvSteps = 16

type Trainee = {
  readonly example: string
  readonly training: ExampleTraining
  readonly contestant: Contestant
  readonly timings: Timing[]
}

function shorten(training: ExampleTraining): ExampleTraining {
  const { network, ppo } = training
  if (network.kind !== 'conv' && network.kind !== 'impala') return training
  return { ...training, ppo: { ...ppo, rolloutSteps: Math.min(ppo.rolloutSteps, mostConvSteps) } }
}

async function start(example: string): Promise<Trainee | string> {
  const found = readExample(example)
  if (found === null) return `${example}: not measured (there is no such example)`
  const training = shorten(found)
  const request = JSON.stringify({ training, engine } as ExampleRequest)
  const script = new URL('example.ts', import.meta.url).pathname
  const command = { name: example, command: process.execPath, args: [script, request] }
  const contestant = await startContestant(command, Number(values.core))
  if (isAbsent(contestant)) throw new Error(`${example}: ${contestant.reason}`)
  return { example, training, contestant, timings: [] }
}

/** A run of each in turn, so that other load on the machine affects all alike. */
async function measure(trainees: readonly Trainee[]): Promise<void> {
  const repetitions: number[] = []
  for (const { contestant } of trainees)
    repetitions.push(Math.max(1, Math.round(runMs / (await contestant.measure(1)).wallMs)))
  for (let run = 0; run < Number(values.runs); run++)
    for (const [i, { contestant, timings }] of trainees.entries())
      timings.push(await contestant.measure(repetitions[i] ?? 1))
}

function formatRow({ training, contestant, timings }: Trainee): object {
  const { environment, parameters, network, ppo } = training
  const { size } = parameters
  const steps = ppo.environments * ppo.rolloutSteps
  const speeds = timings.map(({ wallMs, cpuMs }) => (steps * 1_000) / (clock === 'wall' ? wallMs : cpuMs))
  const { median, least, most } = summarize(speeds)
  const figure = (value: number) => Math.round(value).toLocaleString('en')
  const layers =
    'hidden' in network ? network.hidden : 'channels' in network ? [...network.channels, network.dense] : []
  return {
    world: typeof size === 'number' ? `${environment} ${size}×${size}` : environment,
    network: `${network.kind} ${layers.join(', ')}`,
    parameters: Number(contestant.version),
    rollout: `${ppo.environments} × ${ppo.rolloutSteps}`,
    updates: `${ppo.epochs} × ${ppo.minibatches}`,
    'trained steps/s': `${figure(median)} (${figure(least)}–${figure(most)})`,
  }
}

const trainees: Trainee[] = []
const missing: string[] = []
try {
  for (const example of examples) {
    const started = await start(example)
    if (typeof started === 'string') missing.push(started)
    else trainees.push(started)
  }
  await measure(trainees)
} finally {
  await Promise.all(trainees.map(({ contestant }) => contestant.close()))
}
console.log(`${engine}, ${values.runs} runs of each in turn, ${clock} time, one core; ${describeMachine()}`)
console.table(Object.fromEntries(trainees.map((trainee) => [trainee.example, formatRow(trainee)])))
for (const line of missing) console.log(line)
