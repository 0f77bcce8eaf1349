import { describe, expect, test } from 'vitest'
import { ZodError } from 'zod'
import { parseOpenLoopWinners } from '../references/open-loop-winners.ts'
import { decodeExample } from './example-episode.ts'
import { decodeKeptEpisodes, encodeKeptEpisodes } from './kept-episodes.ts'

const bytesOf = (json: unknown) => new TextEncoder().encode(JSON.stringify(json))

describe('stored files of results', () => {
  const kept = {
    format: 'goalpost-trajectories/1',
    environment: 'corner',
    version: '1',
    parameters: { size: 3 },
    policy: 'f'.repeat(64),
    mode: 'sampled',
    episodes: [
      { index: 0, level: { mouse: [1, 1] }, actions: [0, 3] },
      { index: 4, level: { mouse: [1, 2] }, actions: [], seed: 7 },
    ],
  } as const

  test('of kept episodes are read unchanged', () => {
    const written = { ...kept, episodes: kept.episodes.map((episode) => ({ ...episode, level: { mouse: [1, 1] } })) }
    expect(decodeKeptEpisodes(encodeKeptEpisodes(written))).toEqual(written)
  })

  test('of another format are refused', () => {
    expect(() => decodeKeptEpisodes(bytesOf({ ...kept, format: 'goalpost-trajectories/2' }))).toThrow(ZodError)
    expect(() => decodeKeptEpisodes(bytesOf({ ...kept, episodes: [{ index: 0, actions: [] }] }))).toThrow(ZodError)
    expect(() => decodeExample(bytesOf({ level: {}, actions: [], reached: 'nothing', share: 1 }))).toThrow(ZodError)
  })

  test('of open-loop policies from before environments had further goals are still read', () => {
    const policy = { cycle: [[1, 0, 0, 0]] }
    const former = { format: 'goalpost-open-loop/1', capability: policy, goal: policy, proxy: policy }
    expect(parseOpenLoopWinners(bytesOf(former))).toEqual({
      capability: policy,
      goal: policy,
      proxy: policy,
      further: {},
    })
  })
})
