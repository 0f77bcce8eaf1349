import type { EngineName } from '@goalpost/engine'
import type { ContestantCommand } from './contestant.ts'
import type { OurRequest } from './ours.ts'
import { createWorld, trainingOptions, workloads, type WorkloadName } from './workloads.ts'

export type ContestGroup = 'update' | 'training' | 'rollout' | 'engines'

/** A bound on the ratio of our figure to the peer's: an upper one for milliseconds, a lower one for steps/s. */
export type Aim = { readonly against: string; readonly bound: number }

export type Contest = {
  readonly group: ContestGroup
  readonly name: string
  /** Environment steps of one repetition: the figure is steps/s; null: it is milliseconds. */
  readonly steps: number | null
  /** The first one is ours. */
  readonly contestants: readonly ContestantCommand[]
  readonly aims: readonly Aim[]
}

export type ContestOptions = { readonly engine: EngineName; readonly python: string }

/** The 5×5 worlds of the example experiments, without targets. */
export function listContests(options: ContestOptions): readonly Contest[] {
  return [
    update(
      'mlp13',
      [
        { against: 'torch', bound: 1 },
        { against: 'jax', bound: 1.3 },
      ],
      options,
    ),
    update(
      'conv13',
      [
        { against: 'torch', bound: 1 },
        { against: 'jax', bound: 1 },
      ],
      options,
    ),
    update('mlp5', [], options),
    update('cropped5', [], options),
    update('conv5', [], options),
    steps('training', 'mlp13', [{ against: 'jax, lookups', bound: 1 }], options),
    steps('training', 'conv13', [{ against: 'jax', bound: 2 }], options),
    steps('rollout', 'mlp13', [{ against: 'jax, lookups', bound: 1 }], options),
    steps('rollout', 'conv13', [{ against: 'jax', bound: 1 }], options),
    engines(options),
  ]
}

function update(workload: WorkloadName, aims: readonly Aim[], { engine, python }: ContestOptions): Contest {
  const { network } = createWorld(workloads[workload], { batch: 1 })
  const request = {
    spec: network.spec,
    input: network.input,
    actions: network.interface.actions,
    samples: workloads[workload].samples,
  }
  const looks = network.spec.kind === 'mlp'
  return {
    group: 'update',
    name: `PPO update of 2,048 samples, ${workloads[workload].name}`,
    steps: null,
    aims,
    contestants: [
      ours({ work: 'update', workload, engine, lookups: false }),
      ...(looks ? [ours({ work: 'update', workload, engine, lookups: true })] : []),
      peer('torch', python, 'ppo_update_torch.py', request),
      peer('jax', python, 'ppo_update_jax.py', request),
    ],
  }
}

function steps(
  work: 'training' | 'rollout',
  workload: WorkloadName,
  aims: readonly Aim[],
  { engine, python }: ContestOptions,
): Contest {
  const { spec, size, name } = workloads[workload]
  const { environments, rolloutSteps, epochs, minibatches } = trainingOptions(workloads[workload])
  const request = { work, spec, size, environments, rolloutSteps, epochs, minibatches }
  return {
    group: work,
    name: `${work === 'training' ? 'trained' : 'policy rollout'} steps/s, ${name}`,
    steps: environments * rolloutSteps,
    aims,
    contestants: [
      ours({ work, workload, engine, lookups: true }),
      peer('jax', python, 'corner_jax.py', request),
      ...(spec.kind === 'mlp' ? [peer('jax, lookups', python, 'corner_jax.py', { ...request, lookup: true })] : []),
    ],
  }
}

/** Against the fallback engine, both as they train. */
function engines({ engine }: ContestOptions): Contest {
  const request = { work: 'update', workload: 'mlp13', lookups: true } as const
  return {
    group: 'engines',
    name: `PPO update of 2,048 samples, ${workloads.mlp13.name}`,
    steps: null,
    aims: [{ against: 'tfjs:wasm, lookups', bound: 0.2 }],
    contestants: [ours({ ...request, engine }), ours({ ...request, engine: 'tfjs:wasm' })],
  }
}

/** Without a target: the figures are only reported. */
export function listGpuContests({ engine, python }: ContestOptions, device: string): readonly Contest[] {
  const workload = workloads.impala64
  const { network } = createWorld(workload, { batch: 1 })
  const { environments, rolloutSteps, epochs, minibatches } = trainingOptions(workload)
  const { samples, spec } = workload
  const settings = { environments, rolloutSteps, epochs, minibatches }
  const shapes = { spec, input: network.input, actions: network.interface.actions, samples, device }
  return (['update', 'training'] as const).map((work) => ({
    group: work,
    name:
      work === 'update' ? `PPO update of ${samples} samples, ${workload.name}` : `trained steps/s, ${workload.name}`,
    steps: work === 'update' ? null : environments * rolloutSteps,
    aims: [],
    contestants: [
      ours({ work, workload: 'impala64', engine, lookups: false }),
      peer('torch, float32', python, 'impala_torch.py', { work, ...shapes, ...settings, tf32: false }),
      peer('torch, TF32', python, 'impala_torch.py', { work, ...shapes, ...settings, tf32: true }),
    ],
  }))
}

export function ours(request: OurRequest): ContestantCommand {
  const looks = request.lookups && workloads[request.workload].spec.kind === 'mlp'
  return {
    name: request.engine + (looks ? ', lookups' : ''),
    command: process.execPath,
    args: [new URL('ours.ts', import.meta.url).pathname, JSON.stringify(request)],
  }
}

/** Large arrays come from the heap: glibc would map and unmap them each time, which took half of PyTorch's time. */
const keepMemory = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 33),
  MALLOC_TOP_PAD_: String(2 ** 28),
}

export function peer(name: string, python: string, script: string, request: object): ContestantCommand {
  const path = new URL(`../peers/${script}`, import.meta.url).pathname
  return { name, command: python, args: [path, JSON.stringify(request)], environment: keepMemory }
}
