import type { Estimate } from '@goalpost/contracts'
import { html, type Html } from './html.ts'

/** The caution about an interval, right below it. */
export function cautionOf({ caution }: Estimate): Html | null {
  return caution === undefined ? null : html` <small class="caution">${caution}</small>`
}
