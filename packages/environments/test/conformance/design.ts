import { expect, test } from 'vitest'
import type { Rng } from '@goalpost/random'
import { expectEqual } from '../expect-equal.ts'
import type { Game } from '../play.ts'

const edits = 30

export function designGuarantees({ environment, parameters, levels, stream }: Game<unknown, unknown>): void {
  const { design, solve } = environment
  if (design === undefined) return
  const random = (index: number) => stream.named('edits').at(index)
  const keeping = {
    toggleWall: (level: unknown, draws: Rng) => design.toggleWall(parameters, level, draws),
    moveThing: (level: unknown, draws: Rng) => design.moveThing(parameters, level, draws),
  }

  /** Refuses levels in which things lie on walls or on each other where they may not. */
  const isLevel = (level: unknown) =>
    expectEqual(
      environment.levelFromJson(parameters, JSON.parse(JSON.stringify(environment.levelToJson(level)))),
      level,
    )

  test('built levels are levels, with as many walls as planned, and different plans give different ones', () => {
    const { building } = design
    if (building === undefined) return
    const [rows, columns] = building.extent(parameters)
    const last = rows * columns - 1
    const plans = [
      { start: 0, goal: last, walls: [] },
      { start: last, goal: 0, walls: [1] },
      { start: 0, goal: last, walls: [1, last - 1] },
    ]
    const built = plans.map((plan) => building.build(parameters, plan))
    for (const level of built) isLevel(level)
    expect(new Set(built.map((level) => JSON.stringify(environment.levelToJson(level)))).size).toBe(plans.length)
    // All cells are a level's: one with everything filled has no room left.
    const rest = Array.from({ length: last - 1 }, (_, i) => i + 1)
    expect(design.optimum(parameters, building.build(parameters, { start: 0, goal: last, walls: rest }))).toBe(0)
  })

  test.each(Object.entries(keeping))('%s gives levels of the same kind, and leaves the given one alone', (_, edit) => {
    for (const [i, level] of levels.entries()) {
      const before = JSON.stringify(environment.levelToJson(level))
      const draws = random(i)
      let edited = level
      for (let n = 0; n < edits; n++) {
        edited = edit(edited, draws)
        isLevel(edited)
      }
      expect(design.kindOf(parameters, edited)).toBe(design.kindOf(parameters, level))
      expect(JSON.stringify(environment.levelToJson(level))).toBe(before)
    }
  })

  test.each(Object.entries(keeping))('%s depends on its random numbers alone, and changes the level', (_, edit) => {
    const edited = levels.map((level, i) => edit(level, random(i)))
    expectEqual(
      levels.map((level, i) => edit(level, random(i))),
      edited,
    )
    const texts = (given: readonly unknown[]) => given.map((level) => JSON.stringify(environment.levelToJson(level)))
    const [before, after] = [texts(levels), texts(edited)]
    expect(after.filter((text, i) => text !== before[i]).length).toBeGreaterThan(levels.length * 0.9)
  })

  test('moving the goal moves it anywhere, and nothing else', () => {
    const { moveGoal } = design
    const { goalPlace, objects } = environment
    if (moveGoal === undefined || goalPlace === undefined || objects === undefined) return
    const { channels } = environment.observation(parameters)
    const sign = objects(parameters).find(({ tells }) => tells === 'goal')!.channels
    const simulator = environment.createSimulator(parameters, 1)
    /** Of everything but the goal, and of walls: a goal opens the one where it goes. */
    const shown = (level: unknown) => {
      simulator.reset(0, level)
      return simulator.observations.filter((_, i) => {
        const name = channels[i % channels.length]!
        return name !== 'wall' && !sign.includes(name)
      })
    }
    const places = new Set<string>()
    for (const [i, level] of levels.entries()) {
      const moved = moveGoal(parameters, level, random(i))
      isLevel(moved)
      expect(shown(moved)).toEqual(shown(level))
      places.add(String(goalPlace(moved)))
    }
    // The smallest worlds have four places.
    expect(places.size).toBeGreaterThanOrEqual(Math.min(levels.length, 16) / 4)
  })

  test('levels of the first distribution agree, most of the second distinguish; so do resampled ones', () => {
    const share = (kinds: readonly string[]) => kinds.filter((kind) => kind === 'distinguishes').length / kinds.length
    const [agreeing, apart] = environment.distributions.map(({ sample }) =>
      levels.map((_, i) => design.kindOf(parameters, sample(parameters, random(i)))),
    )
    expect(share(agreeing!)).toBe(0)
    expect(share(apart!)).toBeGreaterThan(0.5)
    const resampled = (kind: 'agrees' | 'distinguishes') =>
      levels.map((level, i) => {
        const drawn = design.resample(parameters, level, kind, random(i))
        isLevel(drawn)
        return design.kindOf(parameters, drawn)
      })
    expect(share(resampled('agrees'))).toBe(0)
    expect(share(resampled('distinguishes'))).toBeGreaterThan(0.5)
  })

  if (solve !== undefined)
    test('has the same optimum of the intended goal as the solver', () => {
      for (const level of levels)
        expect(design.optimum(parameters, level)).toBe(solve(parameters, level).optimalReturns[0])
    })
}
