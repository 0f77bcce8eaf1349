import type { TaskResult } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import {
  canonicalJson,
  experimentHash,
  hashJson,
  resultHash,
  runHash,
  taskIdentity,
  type TaskContent,
} from './identity.ts'

const needs = [
  { key: 'a', identity: 'a'.repeat(64), when: { on: 'succeeded' } },
  { key: 'b', identity: 'b'.repeat(64), when: { on: 'checkpoint', step: 8 } },
] as const

const content: TaskContent = {
  protocol: { name: 'toy', version: '1' },
  kind: 'train',
  inputs: { alpha: 0.1, network: { kind: 'mlp', hidden: [128, 64] } },
  versions: { rules: '1', algorithm: '2' },
  seed: 7,
  engine: { name: 'tfjs:wasm', build: '4.22.0', threads: 1 },
  needs,
}

describe('canonical JSON', () => {
  it('sorts members by UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
    const members = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalJson(members)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
  })

  it('prints numbers as in RFC 8785, appendix B', () => {
    expect(canonicalJson([0, -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 1e21, 1e-7, 0.1 + 0.2])).toBe(
      '[0,0,5e-324,1.7976931348623157e+308,9007199254740992,1e+21,1e-7,0.30000000000000004]',
    )
  })

  it('leaves out undefined members', () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe('{"a":1}')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1])('refuses %s', (value) => {
    expect(() => canonicalJson([value])).toThrow(TypeError)
  })

  it('refuses a member that is a function', () => {
    expect(() => canonicalJson({ a: { b: () => 1 } })).toThrow(TypeError)
  })

  it('is hashed with SHA-256: the empty object gives the value of sha256sum', () => {
    expect(hashJson({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })
})

describe('the identity of a task', () => {
  it('does not depend on the order of members or needs', () => {
    const shuffled: TaskContent = {
      needs: [...needs].reverse(),
      engine: { threads: 1, build: '4.22.0', name: 'tfjs:wasm' },
      seed: 7,
      versions: { algorithm: '2', rules: '1' },
      inputs: { network: { hidden: [128, 64], kind: 'mlp' }, alpha: 0.1 },
      kind: 'train',
      protocol: { version: '1', name: 'toy' },
    }
    expect(taskIdentity(shuffled)).toBe(taskIdentity(content))
  })

  it('does not depend on unrelated members, such as a run number', () => {
    const more = { ...content, run: 3, key: 'train' }
    expect(taskIdentity(more)).toBe(taskIdentity(content))
  })

  const changes: Record<string, Partial<TaskContent>> = {
    'the protocol': { protocol: { name: 'other', version: '1' } },
    'the version of the protocol': { protocol: { name: 'toy', version: '2' } },
    'the kind': { kind: 'evaluate' },
    'an input': { inputs: { alpha: 0.2, network: { kind: 'mlp', hidden: [128, 64] } } },
    'the order of a list': { inputs: { alpha: 0.1, network: { kind: 'mlp', hidden: [64, 128] } } },
    'a version': { versions: { rules: '2', algorithm: '2' } },
    'the seed': { seed: 8 },
    'whether there is a seed': { seed: null },
    'the engine': { engine: { name: 'onnx:cpu', build: '4.22.0', threads: 1 } },
    'the build of the engine': { engine: { name: 'tfjs:wasm', build: '4.22.1', threads: 1 } },
    'the threads of the engine': { engine: { name: 'tfjs:wasm', build: '4.22.0', threads: 2 } },
    'a needed computation': { needs: [{ ...needs[0], identity: 'c'.repeat(64) }, needs[1]] },
    'under which key it is needed': { needs: [{ ...needs[0], key: 'c' }, needs[1]] },
    'how far along it must be': { needs: [needs[0], { ...needs[1], when: { on: 'checkpoint', step: 9 } }] },
    'a need less': { needs: [needs[0]] },
  }
  it.each(Object.entries(changes))('changes with %s', (_, change) => {
    expect(taskIdentity({ ...content, ...change })).not.toBe(taskIdentity(content))
  })
})

describe('hashes of results', () => {
  const result: TaskResult = {
    measures: [{ name: 'return', labels: { suite: 'shifted', acting: 'greedy' }, value: 0.5, count: 3 }],
    artifacts: [],
  }

  it('cover measures, artifacts and report, and not the order of members', () => {
    const [measure] = result.measures
    expect(
      resultHash({ artifacts: [], measures: [{ ...measure!, labels: { acting: 'greedy', suite: 'shifted' } }] }),
    ).toBe(resultHash(result))
    expect(resultHash({ ...result, measures: [{ ...measure!, value: 0.25 }] })).not.toBe(resultHash(result))
    expect(resultHash({ ...result, report: { title: '', summary: '', parts: [] } })).not.toBe(resultHash(result))
  })

  it('of a run do not depend on the order of its tasks, and are missing until all tasks have a hash', () => {
    const tasks = [
      { key: 'train', resultHash: 'x' },
      { key: 'evaluate', resultHash: 'y' },
    ]
    expect(runHash(tasks.toReversed())).toBe(runHash(tasks))
    expect(
      runHash([
        { key: 'train', resultHash: 'y' },
        { key: 'evaluate', resultHash: 'x' },
      ]),
    ).not.toBe(runHash(tasks))
    expect(runHash([...tasks, { key: 'more', resultHash: null }])).toBeNull()
  })

  it('of an experiment do not depend on the order of its runs, and are missing until all runs have a hash', () => {
    const runs = [
      { condition: 'b', seed: 0, resultHash: 'x' },
      { condition: 'a', seed: 10, resultHash: 'y' },
      { condition: 'a', seed: 9, resultHash: 'z' },
    ]
    const shared = [{ key: 'analysis', resultHash: 'w' }]
    expect(experimentHash(runs.toReversed(), shared)).toBe(experimentHash(runs, shared))
    expect(experimentHash(runs, [{ key: 'analysis', resultHash: 'v' }])).not.toBe(experimentHash(runs, shared))
    expect(experimentHash([...runs, { condition: 'c', seed: 0, resultHash: null }], shared)).toBeNull()
    expect(experimentHash(runs, [{ key: 'analysis', resultHash: null }])).toBeNull()
  })
})
