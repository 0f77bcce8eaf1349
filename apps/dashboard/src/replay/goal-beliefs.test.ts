import { environments } from '@goalpost/environments'
import { goalsAfter } from '@goalpost/evaluation/agency'
import { expect, test } from 'vitest'
import { inferBeliefs } from './goal-beliefs.ts'
import { openRecorded } from './play-episode.ts'
import type { RecordedEpisode } from './recorded-episode.ts'

/** A level of the corner world: the cheese lies to the right, the walk leads to the corner. */
function walkToCorner(actions: readonly string[]): RecordedEpisode {
  const corner = environments.get('corner')!
  const parameters = corner.parameters.parse({ size: 3, maxSteps: 500 })
  const level = corner.parseLevel!(parameters, '#####\n#...#\n#...#\n#.@c#\n#####')
  return {
    environment: 'corner',
    version: corner.version,
    parameters,
    level: corner.levelToJson(level),
    seed: 0,
    actions: actions.map((wanted) => corner.actions.findIndex(({ name }) => name === wanted)),
    returns: [0, 0],
    decisions: null,
  }
}

test('a share for each goal after each step; after a walk to the corner, the corner is likeliest', () => {
  const { goals, shares } = inferBeliefs(walkToCorner(['left', 'up', 'up']))!
  expect(goals.slice(0, 2)).toEqual(['cheese', 'corner'])
  expect(shares).toHaveLength(4)
  for (const each of shares) expect(each.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  expect(shares[0]).toEqual(goals.map(() => expect.closeTo(1 / goals.length, 12)))
  expect(shares[3]![goals.indexOf('corner')]).toBe(Math.max(...shares[3]!))
})

test('what comes after the first goal was reached changes nothing', () => {
  const { shares } = inferBeliefs(walkToCorner(['left', 'up', 'up', 'right', 'down', 'down']))!
  expect(shares).toHaveLength(7)
  expect(shares[6]).toEqual(shares[3])
})

test('of a long episode the last step is inferred, too', () => {
  const walk = Array.from({ length: 400 }, (_, step) => (step % 2 === 0 ? 'left' : 'right'))
  const recorded = walkToCorner(walk)
  const { goals, shares } = inferBeliefs(recorded)!
  const { environment, parameters, level } = openRecorded(recorded)
  const trajectory = environment.agency!.decisions(parameters, level, recorded)
  expect(trajectory).toHaveLength(400)
  expect(shares).toHaveLength(401)
  expect(shares[400]).toEqual(goalsAfter({ actions: 4, goals: goals.length, trajectory }, 400))
})

test('every inference is told, the last one as the end', () => {
  const told: string[] = []
  inferBeliefs(walkToCorner(['left', 'up', 'up']), (done, total) => told.push(`${done} of ${total}`))
  expect(told).toEqual(['1 of 4', '2 of 4', '3 of 4', '4 of 4'])
})
