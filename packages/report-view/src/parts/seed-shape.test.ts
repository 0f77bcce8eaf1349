import { tone } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { exampleParts } from '../examples/part-document.ts'
import { DistributionFigure } from './distribution-figure.ts'
import { seedShape } from './seed-shape.ts'

test('tones differ in shape; a ring is a disc that the style sheet leaves empty', () => {
  const shapes = new Map(tone.options.map((each) => [each, seedShape(each, 4)]))
  expect(shapes.get('neutral')).toBe(shapes.get('good'))
  expect(new Set(shapes.values()).size).toBe(tone.options.length - 1)
})

test('a strip names the verdicts behind its shapes', () => {
  const part = exampleParts['distribution']
  if (part?.type !== 'distribution') throw new Error('The example is of another kind')
  const drawn = renderToStaticMarkup(h(DistributionFigure, { part, anchor: 'a' }))
  expect(drawn).toMatch(/<li>.*tone-bad.*wrong goal<\/li>/)
  expect(drawn.match(/<li>/g)).toHaveLength(1)
})
