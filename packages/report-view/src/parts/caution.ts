import type { Estimate } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'

/** The caution about an interval, right below it. */
export function Caution({ estimate: { caution } }: { readonly estimate: Estimate }) {
  return caution === undefined ? null : h(Fragment, null, ' ', h('small', { className: 'caution' }, caution))
}
