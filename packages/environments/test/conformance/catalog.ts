import { expect, test } from 'vitest'
import { z } from 'zod'
import { stay, type Environment } from '../../src/environment.ts'
import { applyShift } from '../../src/shift.ts'

export function catalogGuarantees(environment: Environment): void {
  test('has name, version, title, description, goals, actions', () => {
    const { goals, actions } = environment
    expect(environment.name).toMatch(/^[a-z][a-z0-9-]*$/)
    for (const text of [environment.version, environment.title, environment.description]) expect(text).not.toBe('')
    for (const { name, description, phrase } of goals) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
      for (const text of [description, phrase ?? '-']) expect(text).not.toBe('')
    }
    expect(new Set(goals.map(({ name }) => name)).size).toBe(goals.length)
    expect(new Set(actions.map(({ name }) => name)).size).toBe(actions.length)
    expect(actions.map(({ name }) => name)).not.toContain('stay')
    expect(actions.length).toBeLessThan(stay)
  })

  test('has one intended goal, then its proxies, then others', () => {
    const order = ['intended', 'proxy', 'other']
    const roles = environment.goals.map(({ role }) => order.indexOf(role))
    expect(roles.slice(0, 2)).toEqual([0, 1])
    expect(roles).toEqual(roles.toSorted((a, b) => a - b))
    expect(roles.filter((role) => role === 0)).toHaveLength(1)
  })

  test('has a default for every parameter, describes them as JSON Schema, and refuses unknown ones', () => {
    const defaults = environment.parameters.parse({})
    expect(environment.parameters.parse(defaults)).toEqual(defaults)
    expect(z.toJSONSchema(environment.parameters, { io: 'input' })).toMatchObject({ type: 'object' })
    expect(environment.parameters.safeParse({ noSuchParameter: 1 }).success).toBe(false)
  })

  test('has distributions of different names, first one that agrees, then, if any, one that does not', () => {
    const { distributions } = environment
    expect(distributions.map(({ agrees }) => agrees).slice(0, 2)).toEqual([true, false].slice(0, distributions.length))
    expect(new Set(distributions.map(({ name }) => name)).size).toBe(distributions.length)
  })

  test('has shifts that change something, with existing distributions, parameters and agents', () => {
    const { distributions, shifts } = environment
    const known = [undefined, ...distributions.map(({ name }) => name)]
    const defaults = environment.parameters.parse({}) as Record<string, unknown>
    expect(new Set(shifts.map(({ name }) => name)).size).toBe(shifts.length)
    for (const shift of shifts) {
      const world = applyShift(environment, defaults, shift)
      const training = { parameters: defaults, distribution: undefined, observation: undefined }
      expect(known).toContain(world.distribution)
      expect(shift.name && shift.description).not.toBe('')
      expect(world).not.toEqual(training)
      expect({ ...world, distribution: world.distribution ?? distributions[0].name }).not.toEqual({
        ...training,
        distribution: distributions[0].name,
      })
    }
  })

  test('has measures of existing counters, with unique names', () => {
    const { counters, measures } = environment.measures(environment.parameters.parse({}))
    expect(new Set(counters).size).toBe(counters.length)
    expect(new Set(measures.map(({ name }) => name)).size).toBe(measures.length)
    for (const { name, description, counter, per } of measures) {
      expect(name && description).not.toBe('')
      expect(counters).toContain(counter)
      if (typeof per !== 'string') expect(counters).toContain(per.counter)
    }
  })
}
