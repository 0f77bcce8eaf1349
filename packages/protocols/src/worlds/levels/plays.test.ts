import type { JsonObject } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import { levelJson, parametersJson } from '../level-json.ts'
import { describe, expect, test } from 'vitest'
import { decodeKeptEpisodes, encodeKeptEpisodes } from '../episodes/kept-episodes.ts'
import { readPlayed } from '../../rl-shift/read-played.ts'
import { createLevelTools } from './tools.ts'

const corner = environments.get('corner')!
const parameters = corner.parameters.parse({ size: 2 })
const replay = createLevelTools(readPlayed).find(({ name }) => name === 'replay')!

const drawings = ['####\n#.c#\n#.@#\n####', '####\n#@.#\n#.c#\n####', '####\n#c.#\n#@.#\n####']
const levels = drawings.map((drawing) => corner.parseLevel!(parameters, drawing))
const [up, , down, right] = [0, 1, 2, 3]
const ways = [[up], [down, right], [up]]

/** On levels 0, 2 and 5 of a suite. */
const kept = encodeKeptEpisodes({
  format: 'goalpost-trajectories/1',
  environment: 'corner',
  version: corner.version,
  parameters: parametersJson(parameters),
  policy: 'a'.repeat(64),
  mode: 'sampled',
  episodes: levels.map((level, at) => ({
    index: [0, 2, 5][at]!,
    level: levelJson(corner, level),
    actions: ways[at]!,
  })),
})
const files = new Map([['h', kept]])
const chosen = { condition: 'a', suite: 'shifted', mode: 'sampled', runs: [{ seed: 3, hash: 'h' }] }

function run(given: JsonObject) {
  const resolution = replay.resolve({ policy: '01a1fd2c-5ff8-7000-8000-000000000000:a', ...given })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return replay.run(resolution.arguments, files, { chosen })
}

function actionsOf(given: JsonObject): unknown {
  const outcome = run(given)
  if (!outcome.ok) return outcome.issues[0]?.message
  const { recording, episodes } = outcome.data as Record<string, JsonObject & JsonObject[]>
  return episodes === undefined
    ? recording?.actions
    : episodes.map((episode) => (episode.recording as JsonObject).actions)
}

describe('kept episodes are replayed', () => {
  test('with what the policy thought at each step, where that was recorded', () => {
    const thought = { probabilities: [[0.7, 0.1, 0.1, 0.1]], values: [0.5] }
    const recorded = decodeKeptEpisodes(kept)
    const [first, ...others] = recorded.episodes
    const withThoughts = encodeKeptEpisodes({ ...recorded, episodes: [{ ...first!, decisions: thought }, ...others] })
    const resolution = replay.resolve({ policy: '01a1fd2c-5ff8-7000-8000-000000000000:a', episodes: 2 })
    if (!resolution.ok) throw new Error('refused')
    const outcome = replay.run(resolution.arguments, new Map([['h', withThoughts]]), { chosen })
    if (!outcome.ok) throw new Error('refused')
    const [watched, unwatched] = outcome.data['episodes'] as JsonObject[]
    expect(watched).toMatchObject({ decisions: thought })
    expect(unwatched).not.toHaveProperty('decisions')
  })

  test('the first, those from an index of the suite on, or as many as requested', () => {
    expect(actionsOf({})).toEqual([up])
    expect(actionsOf({ index: 1 })).toEqual([down, right])
    expect(actionsOf({ index: 1, episodes: 9 })).toEqual([[down, right], [up]])
    expect(actionsOf({ episodes: 2 })).toEqual([[up], [down, right]])
    expect(actionsOf({ index: 6 })).toMatch(/no episodes were kept from level 6 on/)
  })

  test('on a named level, anywhere in the suite', () => {
    const level = { environment: 'corner', parameters: { size: 2 } }
    expect(actionsOf({ ...level, level: drawings[1]! })).toEqual([down, right])
    expect(actionsOf({ ...level, level: '####\n#c@#\n#..#\n####' })).toMatch(/no episodes were kept on this level/)
  })
})
