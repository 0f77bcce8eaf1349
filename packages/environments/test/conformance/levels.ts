import { expect, test } from 'vitest'
import { referenceNames } from '../../src/environment.ts'
import { sampleMixture } from '../../src/mixture.ts'
import { pictureLegend, pictureLines } from '../../src/rendering/picture-lines.ts'
import { pictureSvg } from '../../src/rendering/picture-svg.ts'
import { playReference, type Game } from '../play.ts'

export function levelGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, alpha, levels, stream } = game

  test('gives level i the same layout, whatever was drawn before', () => {
    for (const i of [...levels.keys()].toReversed())
      expect(sampleMixture({ environment, parameters, alpha }, stream, i)).toEqual(levels[i])
  })

  test('brings every level through JSON and back, in one canonical form', () => {
    for (const level of levels) {
      const text = JSON.stringify(environment.levelToJson(level))
      const back = environment.levelFromJson(parameters, JSON.parse(text))
      expect(back).toEqual(level)
      expect(JSON.stringify(environment.levelToJson(back))).toBe(text)
    }
    expect(() => environment.levelFromJson(parameters, { noSuchLevel: true })).toThrow(RangeError)
  })

  test('brings every level through a drawing and back', () => {
    for (const level of levels) {
      const drawing = environment.printLevel(parameters, level)
      expect(environment.parseLevel(parameters, drawing)).toEqual(level)
      expect(environment.parseLevel(parameters, `\n${drawing.replaceAll(/^/gm, '    ')}\n\n`)).toEqual(level)
    }
    expect(() => environment.parseLevel(parameters, '')).toThrow(/line \d+, column \d+/)
  })

  test('renders every level with its trail as text and SVG', () => {
    for (const level of levels.slice(0, 5)) {
      const picture = environment.picture(parameters, level, { actions: [0, 1, 2, 3, 0, 0], seed: 5 })
      expect(pictureLines(picture)).toHaveLength(picture.rows.length)
      expect(pictureLegend(picture)).not.toBe('')
      expect(pictureSvg(picture, { title: 'a < b' })).toMatch(/^<svg [^]*a &lt; b[^]*<\/svg>\n$/)
    }
  })

  test('says where the goal lies, if it lies anywhere', () => {
    for (const level of levels) {
      const place = environment.goalPlace?.(level)
      if (place === undefined) continue
      const [row, column] = place
      expect(['goal', 'both']).toContain(environment.picture(parameters, level).rows[row]![column]!.thing)
    }
  })

  test('never changes a level', () => {
    const before = structuredClone(levels)
    for (const name of referenceNames) playReference(game, name)
    for (const level of levels) environment.solve(parameters, level)
    expect(levels).toEqual(before)
  })
}
