import { randomUUID } from 'node:crypto'
import type { Assignment, FromTrainer } from '@goalpost/contracts'
import { createMemoryArtifacts } from '@goalpost/testing'
import { expect, it } from 'vitest'
import { createTaskContext } from './task-context.ts'

const assignment: Assignment = {
  taskId: randomUUID(),
  protocol: 'toy',
  key: 'train',
  kind: 'train',
  seed: 1,
  inputs: {},
  resources: { engine: 'tfjs:wasm', threads: 1, device: 'cpu' },
  dependencies: [],
  resume: null,
}

it('sends a sign of life when work yields for half a minute without a report, but not otherwise', async () => {
  let time = 0
  const sent: FromTrainer[] = []
  const { context } = createTaskContext(assignment, {
    artifacts: createMemoryArtifacts(),
    hostedModels: { connect: () => Promise.reject(new Error('none')) },
    salt: null,
    send: (message) => void sent.push(message),
    now: () => time,
  })
  const yieldAt = async (at: number) => {
    time = at
    await context.yieldToEventLoop()
  }
  await yieldAt(29_999)
  expect(sent.map(({ type }) => type)).toEqual(['log'])
  sent.length = 0
  await yieldAt(30_000)
  await yieldAt(59_999)
  expect(sent).toEqual([{ type: 'alive' }])
  context.log('info', 'a report')
  await yieldAt(89_998)
  expect(sent).toHaveLength(2)
  await yieldAt(89_999)
  expect(sent.at(-1)).toEqual({ type: 'alive' })
})
