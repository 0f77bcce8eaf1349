import ipaddr from 'ipaddr.js'

/** Ranges that the operator allows although they are not public. */
export type AllowedRanges = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[]

/** @throws Error that names the first text that is neither an address nor a range such as `10.0.0.0/8`. */
export function parseRanges(text: string): AllowedRanges {
  const names = text.split(',').map((name) => name.trim())
  return names.filter((name) => name !== '').map(parseRange)
}

function parseRange(text: string): AllowedRanges[number] {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text)
    const address = ipaddr.parse(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  } catch (error) {
    throw new Error(`\`${text}\` is not a range of addresses such as 10.0.0.0/8 or fd00::/8`, { cause: error })
  }
}

/**
 * Why requests to this address are refused; null: they are not. Only public unicast addresses are accepted: not
 * loopback, private, link-local (with the metadata services of clouds), shared, multicast, reserved or documentation
 * ranges, nor ranges of IPv6 in which an IPv4 address is embedded, whose gateway may lead anywhere.
 */
export function refuseAddress(text: string, allowed: AllowedRanges): string | null {
  if (!ipaddr.isValid(text)) return `${text} is not an IP address`
  // ::ffff:10.0.0.1 reaches the same machine as 10.0.0.1.
  const address = ipaddr.process(text)
  const range = address.range()
  if (range === 'unicast') return null
  if (includes(allowed, address)) return null
  return `${text} is not a public address (${range})`
}

/** Whether an IP address is in one of the ranges. A text that is none is in no range. */
export function isInRanges(text: string, ranges: AllowedRanges): boolean {
  return ipaddr.isValid(text) && includes(ranges, ipaddr.process(text))
}

function includes(ranges: AllowedRanges, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return ranges.some((each) => each[0].kind() === address.kind() && address.match([...each]))
}
