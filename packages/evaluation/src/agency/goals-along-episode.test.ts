import { environments, type Decision } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { goalsAfter } from './goals-along-episode.ts'
import { inferAgency } from './infer-agency.ts'

const corner = environments.get('corner')!
const parameters = corner.parameters.parse({ size: 5 })
const level = corner.parseLevel!(
  parameters,
  `
#######
#.....#
#.....#
#.....#
#.....#
#..@.c#
#######`,
)
const candidates = corner.agency!.candidates(parameters).map(({ name }) => name)
const [up, left] = ['up', 'left'].map((wanted) => corner.actions.findIndex(({ name }) => name === wanted))
const trajectory = corner.agency!.decisions(parameters, level, { actions: [left!, up!, up!, up!, up!, left!, left!] })
const episode = { actions: corner.actions.length, goals: candidates.length, trajectory }
const after = (count: number) =>
  Object.fromEntries(goalsAfter(episode, count).map((share, index) => [candidates[index]!, share]))

test('nothing is known before the first decision', () => {
  for (const share of goalsAfter(episode, 0)) expect(share).toBeCloseTo(1 / candidates.length, 12)
})

test('a walk away from the cheese, to the corner, makes the corner likelier step by step', () => {
  const shares = trajectory.map((_, index) => after(index + 1)['corner']!)
  expect(shares[0]).toBeGreaterThan(1 / candidates.length)
  expect(shares.at(-1)).toBeGreaterThan(0.9)
  expect(after(trajectory.length)['cheese']).toBeLessThan(0.01)
})

test('each beginning is judged as reports judge a policy that did nothing else', () => {
  const views = corner.agency!.views.map(({ name }) => name)
  for (const count of [1, 3, trajectory.length]) {
    const trajectories: (readonly Decision[])[] = [trajectory.slice(0, count)]
    const { goals } = inferAgency({ actions: corner.actions.length, goals: candidates, views, trajectories })
    const along = goalsAfter(episode, count)
    for (const [index, { probability }] of goals.entries()) expect(along[index]).toBeCloseTo(probability, 12)
  }
})
