import { expect, test } from 'vitest'
import { walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { membersOf } from '../../snapshots/ensemble-snapshot.ts'
import { parsePolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { createEnsembleMethod } from './ensemble-method.ts'

const create = (diversity: 'all' | 'none') =>
  createEnsembleMethod(smallOptions, { members: 2, vote: 'mean', diversity })

async function trained(diversity: 'all' | 'none') {
  const training = await walk(create(diversity))
  const iteration = await training.iterate()
  const members = membersOf(parsePolicySnapshot((await training.save()).policy))!
  return { training, iteration, members: members.map(({ parameters }) => parameters) }
}

test('members differ in weights and levels; in the control they are equal', async () => {
  const [differing, equal] = [await trained('all'), await trained('none')]
  expect(differing.members[0]).not.toEqual(differing.members[1])
  expect(equal.members[0]).toEqual(equal.members[1])
  expect(differing.training.levelsDrawn()).toHaveLength(2 * smallOptions.environments)
  expect(equal.training.levelsDrawn()).toHaveLength(smallOptions.environments)
})

test('every member learns from all steps, and the series says so', async () => {
  const { iteration } = await trained('all')
  const steps = smallOptions.environments * smallOptions.rolloutSteps
  expect(iteration.steps).toBe(steps)
  const { series, episodes } = iteration
  expect(series['environment steps learned from by all']).toBe(2 * steps)
  expect(series['environment steps played']).toBe(2 * steps)
  const returns = [1, 2].map((k) => Number(series[`return of member ${k}`]))
  expect(returns[0]).not.toBe(returns[1])
  expect(episodes.return).toBeGreaterThan(Math.min(...returns))
  expect(episodes.return).toBeLessThan(Math.max(...returns))
})

test('a checkpoint with another number of members is refused, and changes nothing', async () => {
  const two = await walk(create('all'))
  const three = await walk(createEnsembleMethod(smallOptions, { members: 3, vote: 'mean', diversity: 'all' }))
  const before = await two.save()
  const parts = await three.save()
  expect(() => two.restore(parts)).toThrow('it does not hold 2 members')
  expect(await two.save()).toEqual(before)
})
