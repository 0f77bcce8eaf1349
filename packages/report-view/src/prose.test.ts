import { createElement as h, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { breakable, prose } from './prose.ts'

const markupOf = (node: ReactNode) => renderToStaticMarkup(h('p', null, node)).slice('<p>'.length, -'</p>'.length)

test('text between backticks becomes code, without the backticks', () => {
  expect(markupOf(prose('run `goalpost levels replay` <again>'))).toBe(
    'run <code>goalpost levels replay</code> &lt;again&gt;',
  )
})

test('a hash is cut to twelve digits, with the full hash as title', () => {
  const hash = 'ab'.repeat(32)
  expect(markupOf(prose(`Episode ${hash}.`))).toBe(`Episode <code title="${hash}">abababababab</code>.`)
})

test('a hyphen before a number becomes a minus sign; in words, ranges and dates it stays', () => {
  expect(markupOf(prose('achievement -0.238 [-0.294, -.184]'))).toBe('achievement −0.238 [−0.294, −.184]')
  expect(markupOf(prose('best-of-4, seeds 1-3, 2026-11-29, true-oracle'))).toBe(
    'best-of-4, seeds 1-3, 2026-11-29, true-oracle',
  )
})

test('a long name can be broken between its parts', () => {
  expect(markupOf(breakable('alpha=0,levels=100'))).toBe('alpha=0,<wbr/>levels=100')
})
