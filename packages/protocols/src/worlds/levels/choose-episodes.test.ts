import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { ToolFault } from '@goalpost/protocol-kit'
import { artifactNames } from '../artifact-names.ts'
import { rlShift } from '../../rl-shift/index.ts'
import { readPlayed } from '../../rl-shift/read-played.ts'
import { chooseEpisodes, type PlayedBy as Asked } from './choose-episodes.ts'

type PlayedBy = Omit<Asked, 'episodes'> & Partial<Asked>

const id = '01a1fd2c-5ff8-7000-8000-000000000000'
const resolution = rlShift.resolve({ environment: 'corner', parameters: { size: 3 } })
const options = resolution.ok ? resolution.options : {}

/** Hashes name their content. */
function runOf(seed: number): RunEvidence {
  const evaluated = (step: number, modes: readonly string[]) => ({
    key: `evaluate@${step}`,
    kind: 'evaluate',
    inputs: { step },
    result: {
      measures: [],
      artifacts: ['in-distribution', 'shifted'].flatMap((suite) =>
        modes.map((mode) => ({
          name: artifactNames.keptEpisodes(suite, mode),
          hash: `${seed} ${step} ${suite} ${mode}`,
          bytes: 1,
          mediaType: 'application/json',
          evidence: true,
        })),
      ),
    },
  })
  return { seed, state: 'succeeded', tasks: [evaluated(0, ['sampled']), evaluated(900, ['sampled', 'greedy'])] }
}

const conditionOf = (name: string): ConditionEvidence => ({ name, options, marks: [], runs: [3, 4].map(runOf) })
const several = ['a', 'a/3', 'b:c'].map(conditionOf)

const choose = (given: PlayedBy, conditions = several) =>
  chooseEpisodes({ episodes: 1, ...given }, { experiment: 'e', conditions }, readPlayed).chosen
const hashesOf = (given: PlayedBy, conditions = several) => choose(given, conditions).runs.map(({ hash }) => hash)

describe('kept episodes are found', () => {
  test('of the last checkpoint on the first shifted suite in the first mode, of all seeds, by default', () => {
    expect(hashesOf({ policy: `${id}:a` })).toEqual(['3 900 shifted sampled', '4 900 shifted sampled'])
  })

  test('by seed, suite, mode and step', () => {
    expect(hashesOf({ policy: `${id}:a/4` })).toEqual(['4 900 shifted sampled'])
    expect(hashesOf({ policy: `${id}:a/seed 4`, mode: 'greedy' })).toEqual(['4 900 shifted greedy'])
    expect(hashesOf({ policy: `${id}:a/4`, suite: 'in-distribution', step: 0 })).toEqual([
      '4 0 in-distribution sampled',
    ])
  })

  test('of conditions with slashes and colons in their names, and of the only one without its name', () => {
    expect(choose({ policy: `${id}:a/3` })).toMatchObject({ condition: 'a/3', runs: [{ seed: 3 }, { seed: 4 }] })
    expect(hashesOf({ policy: `${id}:a/3/3` })).toEqual(['3 900 shifted sampled'])
    expect(choose({ policy: `${id}:b:c` }).condition).toBe('b:c')
    expect(hashesOf({ policy: `${id}:/4` }, [conditionOf('only')])).toEqual(['4 900 shifted sampled'])
    expect(hashesOf({ policy: id }, [conditionOf('only')])).toHaveLength(2)
  })
})

test.each([
  [{ policy: id }, '/policy', /must also name a condition/, /a, a\/3, b:c/],
  [{ policy: `${id}:b:d` }, '/policy', /no condition b:d/, /b:c/],
  [{ policy: `${id}:a/5` }, '/policy', /no seed 5/, /3, 4/],
  [{ policy: `${id}:a`, suite: 'shiftd' }, '/suite', /no suite shiftd/, /shifted/],
  [{ policy: `${id}:a`, step: 450 }, '/step', /no evaluated checkpoint at 450/, /0, 900/],
  [{ policy: `${id}:a`, episodes: 1_001 }, '/episodes', /1001 for each of 2 seeds/, /fewer, or name a seed/],
  [{ policy: `${id}:a`, step: 0, mode: 'greedy' as const }, '/policy', /no episodes were kept/, /sampled, greedy/],
] satisfies [PlayedBy, string, RegExp, RegExp][])(
  '%j is refused, and what there is is named',
  (given, pointer, message, remedy) => {
    try {
      choose(given)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ToolFault)
      const { issues } = error as ToolFault
      expect(issues).toMatchObject([
        { pointer, message: expect.stringMatching(message), remedy: expect.stringMatching(remedy) },
      ])
    }
  },
)
