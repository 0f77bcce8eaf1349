import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { refuseAddress, type AllowedRanges } from '@goalpost/experiments'

/** All addresses of a name. */
export type Resolve = (hostname: string, options: LookupOptions) => Promise<readonly LookupAddress[]>

/** The request was not sent: its address is not allowed. */
export class RefusedAddress extends Error {}

/**
 * The look-up of a connection, which then goes to one of the addresses that were checked here: a name that resolves to
 * something else the next time gains nothing.
 */
export function guardedLookup(allowed: AllowedRanges, resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, options).then(
      (addresses) => {
        const reasons = addresses.map(({ address }) => refuseAddress(address, allowed))
        const fit = addresses.filter((_, index) => reasons[index] === null)
        const [first] = fit
        if (first === undefined) {
          callback(new RefusedAddress(`${hostname} is refused: ${reasons[0] ?? 'it has no address'}`), '', 0)
        } else if (options.all === true) callback(null, fit)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    )
  }
}

function resolveAll(hostname: string, options: LookupOptions): Promise<readonly LookupAddress[]> {
  return new Promise((settle, fail) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error === null) settle(addresses)
      else fail(error)
    })
  })
}
