import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { referenceNames } from '../../src/environment.ts'
import { sampleMixture } from '../../src/mixture.ts'
import { pictureLegend, pictureLines } from '../../src/rendering/picture-lines.ts'
import { pictureSvg } from '../../src/rendering/picture-svg.ts'
import { expectEqual } from '../expect-equal.ts'
import { referenceEpisodes, solutionsOf, type Game } from '../play.ts'

export function levelGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, alpha, levels, stream } = game

  test('gives level i the same layout, independent of earlier draws', () => {
    for (const i of [...levels.keys()].toReversed())
      expectEqual(sampleMixture({ environment, parameters, alpha }, stream, i), levels[i])
  })

  test('brings every level through JSON and back, in one canonical form', () => {
    for (const level of levels) {
      const text = JSON.stringify(environment.levelToJson(level))
      const back = environment.levelFromJson(parameters, JSON.parse(text))
      expectEqual(back, level)
      expect(JSON.stringify(environment.levelToJson(back))).toBe(text)
    }
    expect(() => environment.levelFromJson(parameters, { noSuchLevel: true })).toThrow(RangeError)
  })

  const { printLevel, parseLevel, smallerLevels, goalPlace } = environment
  if (printLevel !== undefined && parseLevel !== undefined)
    test('brings every level through a drawing and back', () => {
      for (const level of levels) {
        const drawing = printLevel(parameters, level)
        expectEqual(parseLevel(parameters, drawing), level)
        expectEqual(parseLevel(parameters, `\n${drawing.replaceAll(/^/gm, '    ')}\n\n`), level)
      }
      expect(() => parseLevel(parameters, '')).toThrow(/line \d+, column \d+/)
    })

  test('renders every level with its trail as text and SVG', () => {
    for (const level of levels.slice(0, 5)) {
      const picture = environment.picture(parameters, level, {
        actions: [0, 1, 2, 3, 0, 0].map((action) => action % environment.actions.length),
        seed: 5,
      })
      const lines = pictureLines(picture)
      if (picture.kind === 'cells') expect(lines).toHaveLength(picture.rows.length)
      else expect(lines.join('').trim()).not.toBe('')
      expect(lines.every((line) => line.length <= 2 * 66)).toBe(true)
      expect(pictureLegend(picture)).not.toBe('')
      expect(pictureSvg(picture, { title: 'a < b' })).toMatch(/^<svg [^]*a &lt; b[^]*<\/svg>\n$/)
    }
  })

  if (goalPlace !== undefined)
    test('has a goal position', () => {
      for (const level of levels) {
        const picture = environment.picture(parameters, level)
        const [row, column] = goalPlace(level)
        if (picture.kind === 'cells') expect(['goal', 'both']).toContain(picture.rows[row]![column]!.thing)
      }
    })

  if (smallerLevels !== undefined)
    test('has smaller levels that are levels, and different ones', () => {
      // A small world can be so full that no edit leaves a level: then there are none.
      const roomy = isDeepStrictEqual(parameters, environment.parameters.parse({}))
      for (const level of levels.slice(0, 3)) {
        const whole = JSON.stringify(environment.levelToJson(level))
        const smaller = [...smallerLevels(parameters, level)]
        if (roomy) expect(smaller.length).toBeGreaterThan(0)
        for (const one of smaller) {
          const json = JSON.stringify(environment.levelToJson(one.level))
          if (json === whole) throw new Error(`the same level: ${json}`)
          expectEqual(environment.levelFromJson(one.parameters, JSON.parse(json)), one.level)
        }
      }
    })

  test('never changes a level', () => {
    for (const name of referenceNames) referenceEpisodes(game, name)
    solutionsOf(game)
    for (const [i, level] of levels.entries())
      expectEqual(level, sampleMixture({ environment, parameters, alpha }, stream, i))
  })
}
