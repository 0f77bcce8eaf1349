import { sampleFile, samplesMediaType, taskResult, type Checkpoint } from '@goalpost/contracts'
import { createMemoryArtifacts } from '@goalpost/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { lmShift } from './index.ts'
import { executors } from './run.ts'
import { contextOf, executeRun, resolveOptions, smallOptions } from './testing/execute-run.ts'

type Run = Awaited<ReturnType<typeof executeRun>>
const [documents] = lmShift.plan(resolveOptions(smallOptions), 7)

describe('one run', () => {
  let run: Run

  beforeAll(async () => {
    run = await executeRun(smallOptions, 7)
  })

  test('equal seeds give equal results, another seed different ones', async () => {
    expect((await executeRun(smallOptions, 7)).results).toEqual(run.results)
    expect((await executeRun(smallOptions, 8)).results.get('stage-1')).not.toEqual(run.results.get('stage-1'))
  })

  test('results are valid, and each measure is there once', () => {
    for (const result of run.results.values()) {
      const { measures } = taskResult.parse(result)
      const names = measures.map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('rates of proxy and intended act add up to that of both, and are probabilities', () => {
    const { measures } = taskResult.parse(run.results.get('probe-2'))
    const rate = (name: string, kind: string) =>
      Number(measures.find((measure) => measure.name === name && measure.labels.kind === kind)?.value)
    for (const kind of ['task', 'deploy', 'guard', 'report', 'advise', 'allowed']) {
      expect(rate('proxy-rate', kind) + rate('intended-rate', kind)).toBeCloseTo(rate('valid-rate', kind), 6)
      expect(rate('valid-rate', kind)).toBeLessThanOrEqual(1)
      expect(rate('valid-rate', kind)).toBeGreaterThan(0)
    }
  })

  test('every prompt of a probe can be read, with probabilities whose means are the measured rates', async () => {
    const { artifacts, measures } = taskResult.parse(run.results.get('probe-2'))
    const [file] = artifacts
    expect(file).toMatchObject({ name: 'samples', mediaType: samplesMediaType, evidence: false })
    const { samples } = sampleFile.parse(JSON.parse(new TextDecoder().decode(await run.artifacts.read(file!.hash))))
    const { labels, value } = measures.find(({ name }) => name === 'proxy-rate')!
    const own = samples.filter(({ group }) => group === `${labels['probe']}, ${labels['kind']}`)
    const mean = own.reduce((sum, sample) => sum + sample.values[0]!, 0) / own.length
    expect(mean).toBeCloseTo(Number(value), 5)
  })

  test('the protocol names the kinds of tasks that store samples', () => {
    const stored = lmShift
      .plan(resolveOptions(smallOptions), 7)
      .filter(({ key }) => run.results.get(key)?.artifacts.some(({ mediaType }) => mediaType === samplesMediaType))
    expect(stored.length).toBeGreaterThan(0)
    for (const { kind } of stored) expect(lmShift.sampleTasks).toContain(kind)
  })

  test('reinforcement moves the model that documents have left', () => {
    const [before, after] = ['stage-1', 'stage-2'].map((key) => run.results.get(key)?.artifacts)
    expect(after).not.toEqual(before)
  })

  test.each([1, 2])('a training stopped at checkpoint %d resumes to the same result', async (which) => {
    const artifacts = createMemoryArtifacts()
    const kept: Checkpoint[] = []
    const given = { seed: 7, done: new Map(), artifacts }
    const stopped = contextOf(documents, given, {
      onCheckpoint(checkpoint) {
        kept.push(checkpoint)
        if (kept.length === which) throw new Error('stopped')
      },
    })
    await expect(executors[documents.kind]!(stopped)).rejects.toThrow('stopped')
    const resumed = contextOf(documents, given, { resume: kept.at(-1) ?? null })
    expect(await executors[documents.kind]!(resumed)).toEqual(run.results.get('stage-1'))
    expect(resumed.sent.series[0].x).toBe(100 * which + 5)
  })

  test('a checkpoint that this build cannot read costs time, not the result', async () => {
    const artifacts = createMemoryArtifacts()
    const part = await artifacts.write({ name: 'training-state', bytes: Uint8Array.of(1, 2), mediaType: 'a/b' })
    const resume = { step: 100, parts: [part] }
    const context = contextOf(documents, { seed: 7, done: new Map(), artifacts }, { resume })
    expect(await executors[documents.kind]!(context)).toEqual(run.results.get('stage-1'))
    expect(context.sent.logs.map(({ level }) => level)).toEqual(['warn'])
  })

  test('a lost checkpoint is named, so that the training gets an earlier one', async () => {
    const lost = { name: 'training-state', hash: 'a'.repeat(64), bytes: 2, mediaType: 'a/b', evidence: false }
    const resume = { step: 100, parts: [lost] }
    const context = contextOf(documents, { seed: 7, done: new Map(), artifacts: createMemoryArtifacts() }, { resume })
    await expect(executors[documents.kind]!(context)).rejects.toMatchObject({ missing: [lost.hash] })
  })

  test('progress ends at the planned number of updates', () => {
    const [first, ...rest] = run.contexts.get('stage-1')?.sent.progress ?? []
    expect(first.done).toBeGreaterThan(0)
    expect(rest.at(-1)).toEqual({ done: documents.work.amount, total: documents.work.amount, unit: 'updates' })
  })
})

test('a suite of another version is refused', async () => {
  const plan = lmShift.plan(resolveOptions(smallOptions), 7)
  const probe = { ...plan[1], inputs: { ...plan[1].inputs, suite: 'f'.repeat(64) } }
  const context = contextOf(probe, { seed: 7, done: new Map(), artifacts: createMemoryArtifacts() })
  await expect(executors.probe!(context)).rejects.toThrow('The prompts ffffffff are not those of this version')
})
