import type { Vote } from '../networks/network-spec.ts'
import { createNetwork } from '../networks/network.ts'
import { SnapshotError } from './sections.ts'
import type { PolicySnapshot } from './policy-snapshot.ts'

/** One policy of equal networks, at least one, that vote. */
export function joinMembers(members: readonly PolicySnapshot[], vote: Vote): PolicySnapshot {
  const [{ network: member, interface: made }] = members
  if (member.kind === 'ensemble' || member.kind === 'modular')
    throw new RangeError('members must be policies of one piece')
  const size = createNetwork(member, made).size
  const parameters = new Float32Array(members.length * size)
  for (const [k, one] of members.entries()) parameters.set(one.parameters, k * size)
  return { network: { kind: 'ensemble', members: members.length, member, vote }, interface: made, parameters }
}

/** The members of an ensemble, each a policy of its own; null for other policies. */
export function membersOf({ network, interface: made, parameters }: PolicySnapshot): readonly PolicySnapshot[] | null {
  if (network.kind !== 'ensemble') return null
  const { members, member } = network
  const size = parameters.length / members
  if (!Number.isInteger(size)) throw new SnapshotError(`its parameters are not those of ${members} members`)
  return Array.from({ length: members }, (_, k) => ({
    network: member,
    interface: made,
    parameters: parameters.slice(k * size, (k + 1) * size),
  }))
}
