import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { refuseAddress, type AllowedRanges } from '@goalpost/experiments'

/** All addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * The look-up of a connection, which then goes to one of the addresses that were checked here: a name that resolves to
 * something else the next time gains nothing.
 */
export function guardedLookup(allowed: AllowedRanges, resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0)
      const reasons = addresses.map(({ address }) => refuseAddress(address, allowed))
      const fit = addresses.filter((_address, index) => reasons[index] === null)
      const [first] = fit
      if (first === undefined)
        return callback(new Error(`${hostname} is refused: ${reasons[0] ?? 'it has no address'}`), '', 0)
      if (options.all === true) return callback(null, fit)
      return callback(null, first.address, first.family)
    })
  }
}
