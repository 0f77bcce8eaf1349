import { environments, shrinkLevel, type Environment } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { hashLevel, levelText } from '../levels/level-document.ts'
import { goalsPart, playReference } from './play-reference.ts'
import { encodeRecording, parseRecording, replayRecording, type EpisodeRecording } from './recording.ts'
import { replay } from './replay.ts'
import { environmentNamed } from '../../test/environment-named.ts'

const corner = environmentNamed('corner')
const small = corner.parameters.parse({ size: 3, discount: 0.5 })
const [up, left, down, right] = [0, 1, 2, 3]

const apart = corner.parseLevel!(
  small,
  `
  #####
  #...#
  #.@.#
  #..c#
  #####`,
)

describe('a level as a file', () => {
  test('has a hash of environment and layout, without parameters or version', () => {
    const drawn = corner.parseLevel!(
      corner.parameters.parse({ size: 3, maxSteps: 7 }),
      corner.printLevel!(small, apart),
    )
    const later: Environment = { ...corner, version: '99' }
    expect(hashLevel(later, drawn)).toBe(hashLevel(corner, apart))
    expect(hashLevel({ ...corner, name: 'other' }, apart)).not.toBe(hashLevel(corner, apart))
    expect(levelText(corner, apart)).toBe(
      '{"environment":"corner","level":{"cheese":[3,3],"mouse":[2,2],"size":3,"walls":"000"}}',
    )
    // printf '%s' '<the text above>' | sha256sum
    expect(hashLevel(corner, apart)).toBe('4f1e32f7627be16798081a985058cc91481fa0935243eb4199b400a34390ba68')
  })
})

describe('a replay', () => {
  test('adds up the goals’ discounted rewards and stops when the episode ends', () => {
    const played = replay(corner, small, { level: apart, actions: [up, left, right, down, down, right, up] })
    expect(played).toMatchObject({ ended: 'terminated', steps: 6, returns: [0.5 ** 5, 0.5, 0, 0, 0.5 ** 5] })
    expect(played.actions).toEqual([up, left, right, down, down, right])
    expect(replay(corner, small, { level: apart, actions: [up] })).toMatchObject({ ended: 'running', steps: 1 })
  })

  test.each([...environments.values()].map((environment) => [environment.name, environment] as const))(
    'of a reference’s actions in %s gives the same episode',
    (_name, environment) => {
      const parameters = environment.parameters.parse({})
      const level = environment.distributions[0].sample(parameters, createStream(1).at(0))
      for (const name of ['random', 'proxy-oracle', 'true-oracle'] as const) {
        const played = playReference(environment, parameters, { name, level, seed: 7 })
        expect(played.steps).toBeGreaterThan(0)
        expect(replay(environment, parameters, { level, actions: played.actions, seed: 7 })).toEqual(played)
        expect(playReference(environment, parameters, { name, level, seed: 7 })).toEqual(played)
      }
    },
  )
})

describe('a recording', () => {
  const recording: EpisodeRecording = {
    format: 'goalpost-episode/1',
    environment: 'corner',
    version: corner.version,
    parameters: small as EpisodeRecording['parameters'],
    level: corner.levelToJson(apart) as EpisodeRecording['level'],
    seed: 0,
    policy: 'true-oracle',
    mode: null,
    actions: [down, right],
  }
  const decoded = (bytes: Uint8Array) => parseRecording(JSON.parse(new TextDecoder().decode(bytes)))

  test('is read back from its bytes and replays the episode', () => {
    expect(decoded(encodeRecording(recording))).toEqual(recording)
    const { level, episode } = replayRecording(corner, recording)
    expect(level).toEqual(apart)
    expect(episode).toMatchObject({ returns: [0.5, 0, 0, 0, 0.5], ended: 'terminated', steps: 2 })
  })

  test('is refused if its rules have changed, or if it is none', () => {
    expect(() => replayRecording(corner, { ...recording, version: '0' })).toThrow('version 0')
    expect(() => replayRecording(environmentNamed('dish'), recording)).toThrow('recorded in corner')
    expect(() => parseRecording({ ...recording, actions: [256] })).toThrow('not a recorded episode')
  })
})

describe('whether goals differ', () => {
  test('follows from the oracles: each earns more of its own goal than the other does', () => {
    expect(goalsPart(corner, small, apart)).toBe(true)
    const together = corner.parseLevel!(
      small,
      `
      #####
      #c..#
      #.@.#
      #...#
      #####`,
    )
    expect(goalsPart(corner, small, together)).toBe(false)
  })

  test('can be the condition for shrinking a level', () => {
    const parameters = corner.parameters.parse({ size: 7 })
    const level = corner.parseLevel!(
      parameters,
      `
      #########
      #...#...#
      #.#...#.#
      #..#.@..#
      ##......#
      #..#..#.#
      #....#.c#
      #...#...#
      #########`,
    )
    const shrunk = shrinkLevel(corner, {
      parameters,
      level,
      keeps: (candidate) => goalsPart(corner, candidate.parameters, candidate.level),
    })
    expect(corner.printLevel!(shrunk.parameters, shrunk.level)).toBe(['####', '#@.#', '#.c#', '####'].join('\n'))
  })
})
