import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import type { ArtifactRef, Checkpoint, JsonObject } from '@goalpost/contracts'
import { protocols } from '@goalpost/protocols'
import { loadExecutors } from '@goalpost/protocols/run'

/** The policy after some steps of training, as an ONNX file. */
export type SavedPolicy = { readonly step: number; readonly bytes: Uint8Array }

const world: JsonObject = {
  environment: 'corner',
  parameters: { size: 5, maxSteps: 16, discount: 0.95 },
  network: { kind: 'mlp', hidden: [32], crop: 1 },
  ppo: { environments: 64, rolloutSteps: 16, learningRate: 0.01 },
}

/** Trained first where the cheese lies anywhere, then only with the cheese in the corner, to which it then learns to go. */
export async function trainRottingPolicy(
  good: { readonly steps: number; readonly checkpoints: number },
  rotting: { readonly steps: number; readonly checkpoints: number },
): Promise<SavedPolicy[]> {
  const artifacts = createMemoryArtifacts()
  const first = await train(
    { ...world, alpha: 1, steps: good.steps, evaluation: { checkpoints: good.checkpoints } },
    null,
  )
  const last = first.at(-1)!
  const steps = good.steps + rotting.steps
  const second = await train({ ...world, alpha: 0, steps, evaluation: { checkpoints: rotting.checkpoints } }, last)
  const saved = [...first, ...second.filter(({ step }) => step > last.step)].filter(({ step }) => step > 0)
  return Promise.all(saved.map(async ({ step, parts }) => ({ step, bytes: await artifacts.read(onnxOf(parts)) })))

  async function train(options: JsonObject, resume: Checkpoint | null): Promise<readonly Checkpoint[]> {
    const protocol = protocols.get('rl-shift')!
    const resolution = protocol.resolve(options)
    if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
    const task = protocol.plan(resolution.options, 0).find(({ kind }) => kind === 'train')!
    const assignment = {
      taskId: '01900000-0000-7000-8000-000000000000',
      protocol: 'rl-shift',
      key: task.key,
      kind: task.kind,
      seed: 0,
      inputs: task.inputs,
      resources: { engine: 'onnx:cpu', threads: 1, device: 'cpu' } as const,
      resume,
      dependencies: [],
    }
    const context = createMemoryTaskContext(assignment, { artifacts })
    await (
      await loadExecutors('rl-shift')
    )[task.kind]!(context)
    return context.sent.checkpoints
  }
}

function onnxOf(parts: readonly ArtifactRef[]): string {
  return parts.find(({ name }) => name === 'policy.onnx')!.hash
}
