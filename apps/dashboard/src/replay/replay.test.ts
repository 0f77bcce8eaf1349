import { environments } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { shownSuites } from './condition-suites.ts'
import { playEpisode, playOnce } from './play-episode.ts'
import { episodesOf, type RecordedEpisode } from './recorded-episode.ts'
import { parseReplayView } from './replay-view.ts'

const episode = (returns: readonly [number, number]) => ({
  recording: { environment: 'corner', version: '1', parameters: {}, level: {}, seed: 0, actions: [0] },
  episode: { trueReturn: returns[0], proxyReturn: returns[1] },
})

test('episodes with the wrong goal come first; what the policy thought comes along', () => {
  const thought = { probabilities: [[1, 0]], values: [0.5] }
  const data = { episodes: [episode([1, 0]), { ...episode([0, 0.9]), decisions: thought }, episode([0, 0])] }
  const read = episodesOf({ data: data as never })
  expect(read.map(({ returns }) => returns)).toEqual([
    [0, 0.9],
    [0, 0],
    [1, 0],
  ])
  expect(read.map(({ decisions }) => decisions)).toEqual([thought, null, null])
})

test('an address reproduces a view, and is read as far as it makes sense', () => {
  const view = { condition: 'a=1', seed: 3, suite: 's', beside: 'none', overlay: true, episode: 2, step: 7, speed: 12 }
  expect(parseReplayView(view)).toEqual(view)
  expect(parseReplayView({ condition: 0.5, seed: '2', speed: 1_000, overlay: 'maybe', step: -1 })).toEqual({
    condition: '0.5',
    seed: 2,
  })
})

test('a shifted suite is shown with the training levels beside it, unless something else is wanted', () => {
  const suites = [
    { name: 'before', role: 'in-distribution' },
    { name: 'after', role: 'shifted' },
    { name: 'far', role: 'shifted' },
  ]
  const resolved = { conditions: [{ name: 'a', options: { suites }, marks: [] }] } as never
  const shown = (view: object) => shownSuites(resolved, { condition: 'a', ...view })
  expect(shown({})).toEqual({ names: ['before', 'after', 'far'], main: 'after', beside: 'before' })
  expect(shown({ beside: 'none' }).beside).toBeUndefined()
  expect(shown({ suite: 'before' })).toMatchObject({ main: 'before', beside: undefined })
  expect(shown({ suite: 'far', beside: 'after' })).toMatchObject({ main: 'far', beside: 'after' })
  expect(shown({ beside: 'unknown' }).beside).toBeUndefined()
})

/** An episode of random actions, as the service records it. */
function record(name: string): RecordedEpisode {
  const environment = environments.get(name)
  if (environment === undefined) throw new Error(name)
  const parameters = environment.parameters.parse({})
  const random = createStream(7).named(name)
  const [distribution] = environment.distributions
  const level = distribution.sample(parameters, random.at(0) as never)
  const actions = Array.from({ length: 40 }, (_, step) => random.word(step) % environment.actions.length)
  return {
    environment: name,
    version: environment.version,
    parameters,
    level: environment.levelToJson(level),
    seed: 3,
    actions,
    returns: [0, 0],
    decisions: null,
  }
}

// `tests/replays-agree.test.ts` compares with what the service computes.
test.each([...environments.keys()])('every step of an episode in %s is drawn, alone and moving', (name) => {
  const recorded = record(name)
  const played = playEpisode(recorded)
  expect(played.steps.length).toBeGreaterThan(0)
  const drawings = played.steps.map((_, step) => played.draw(step))
  expect(new Set(drawings).size).toBeGreaterThan(1)
  expect(played.drawMoving()).toContain('</svg>')
  expect(playEpisode({ ...recorded, returns: played.returns }).agrees).toBe(true)
  expect(playEpisode({ ...recorded, returns: [played.returns[0] + 0.01, played.returns[1]] }).agrees).toBe(false)
})

test('an episode is played once, however often it is drawn', () => {
  const recorded = record('corner')
  expect(playOnce(recorded)).toBe(playOnce(recorded))
  expect(playOnce({ ...recorded })).not.toBe(playOnce(recorded))
})

test('an episode of another version of the environment is refused', () => {
  expect(() => playEpisode({ ...record('corner'), version: '0' })).toThrow(/version 0/)
})
