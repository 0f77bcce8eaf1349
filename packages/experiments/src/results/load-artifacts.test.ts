import type { ArtifactRef, TaskResult } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import type { ConditionEvidence } from '../ports/protocol.ts'
import { artifactBytes, loadArtifacts } from './load-artifacts.ts'

const file = (hash: string, bytes: number, evidence = true): ArtifactRef => ({
  name: 'episodes',
  hash,
  bytes,
  mediaType: 'application/json',
  evidence,
})

function conditionWith(...artifacts: ArtifactRef[]): ConditionEvidence {
  const result: TaskResult = { measures: [], artifacts }
  const task = { id: 't', name: 'evaluate', role: 'evaluate', inputs: {}, result }
  return { name: 'c', options: {}, runs: [{ seed: 1, replicate: 0, tasks: [task] }] } as unknown as ConditionEvidence
}

test('files that reports read are counted and read once each, however many results have them', async () => {
  const conditions = [conditionWith(file('a', 10), file('b', 5)), conditionWith(file('a', 10), file('c', 7, false))]
  expect(artifactBytes(conditions)).toBe(15)
  const read: string[] = []
  const loaded = await loadArtifacts(conditions, { read: async (hash) => (read.push(hash), new Uint8Array()) })
  expect(read.toSorted()).toEqual(['a', 'b'])
  expect([...loaded.keys()].toSorted()).toEqual(['a', 'b'])
})
