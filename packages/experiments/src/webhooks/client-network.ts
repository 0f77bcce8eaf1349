import ipaddr from 'ipaddr.js'

/**
 * What a limit per client address counts: an IPv4 address, also one mapped to IPv6, or the /64 of an IPv6 address, as
 * one client has all addresses of such a network. A text that is no address stays as it is.
 */
export function clientNetwork(text: string): string {
  if (!ipaddr.isValid(text)) return text
  const address = ipaddr.process(text)
  if (address instanceof ipaddr.IPv4) return address.toString()
  return `${new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`
}
