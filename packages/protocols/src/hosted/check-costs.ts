import type { InputIssue } from '@goalpost/contracts'
import type { EndpointOptions } from './endpoint-options.ts'

/** A limit needs prices. `pointer`: that of the endpoint. */
export function checkCosts(
  { costLimit, prices }: Pick<EndpointOptions, 'costLimit' | 'prices'>,
  pointer: string,
): readonly InputIssue[] {
  if (costLimit === null || prices !== null) return []
  return [
    {
      pointer: `${pointer}/costLimit`,
      message: 'Without prices nobody knows what a request costs',
      remedy: 'State `prices` per million tokens',
    },
  ]
}
