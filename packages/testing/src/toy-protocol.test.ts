import type { Assignment, Checkpoint } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { createMemoryArtifacts } from './memory-artifacts.ts'
import { createMemoryTaskContext } from './memory-task-context.ts'
import { toyExecutors } from './toy-protocol.ts'

const assignment: Assignment = {
  taskId: '00000000-0000-7000-8000-000000000001',
  protocol: 'toy',
  key: 'train',
  kind: 'train',
  seed: 7,
  inputs: { bias: 1, steps: 7, every: 3, failAt: null },
  resources: { engine: 'none', threads: 1, device: 'cpu' },
  dependencies: [],
  resume: null,
}
const train = toyExecutors.train!

describe('the toy protocol', () => {
  it('gives the same result with and without interruptions', async () => {
    const undisturbed = await train(createMemoryTaskContext(assignment))
    const artifacts = createMemoryArtifacts()
    const dies = createMemoryTaskContext(assignment, {
      artifacts,
      onCheckpoint: ({ step }) => {
        if (step === 6) throw new Error('killed')
      },
    })
    await expect(train(dies)).rejects.toThrow('killed')
    const resume: Checkpoint = dies.sent.checkpoints[0]!
    const resumed = createMemoryTaskContext({ ...assignment, resume }, { artifacts })
    expect(await train(resumed)).toEqual(undisturbed)
    expect(resumed.sent.progress.map(({ done }) => done)).toEqual([4, 5, 6, 7])
  })

  it('gives another result for another seed or input', async () => {
    const results = [
      assignment,
      { ...assignment, seed: 8 },
      { ...assignment, inputs: { ...assignment.inputs, bias: 2 } },
    ].map((it) => train(createMemoryTaskContext(it)))
    const values = (await Promise.all(results)).map(({ measures }) => measures[0]?.value)
    expect(new Set(values).size).toBe(3)
  })

  it('fails and stops when asked to', async () => {
    await expect(
      train(createMemoryTaskContext({ ...assignment, inputs: { ...assignment.inputs, failAt: 2 } })),
    ).rejects.toThrow('Failed at step 2')
    const context = createMemoryTaskContext(assignment)
    context.cancel()
    await expect(train(context)).rejects.toThrow('The task was cancelled')
  })
})
