import { createElement as h, Suspense, type FunctionComponent } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { lazyComponent } from './lazy-component.tsx'

const drawn = (component: FunctionComponent) => renderToString(h(Suspense, { fallback: 'loading' }, h(component)))

test('code that is loaded already is drawn at once, without the fallback', async () => {
  const Curves = lazyComponent(async () => ({ default: () => 'curves' }))
  expect(drawn(Curves)).toContain('loading')
  Curves.preload()
  await new Promise((resolve) => setTimeout(resolve))
  expect(drawn(Curves)).toContain('curves')
  expect(drawn(Curves)).not.toContain('loading')
})
