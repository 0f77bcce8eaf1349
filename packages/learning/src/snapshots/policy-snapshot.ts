import type { NetworkInterface, NetworkSpec } from '../networks/network-spec.ts'
import { createNetwork } from '../networks/network.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError } from './sections.ts'

/** Everything needed to act: a network and its parameters. */
export type PolicySnapshot = {
  readonly network: NetworkSpec
  readonly interface: NetworkInterface
  /** Flat [P], in the order of the network's `parameters`. */
  readonly parameters: Float32Array
}

type PolicyMeta = {
  readonly network: NetworkSpec
  readonly interface: NetworkInterface
  /** Names and shapes, so that other programs can split the vector without knowing our networks. */
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
}

export function encodePolicySnapshot(snapshot: PolicySnapshot): Uint8Array {
  const { parameters } = createNetwork(snapshot.network, snapshot.interface)
  const meta: PolicyMeta = {
    network: snapshot.network,
    interface: snapshot.interface,
    parameters: parameters.map(({ name, shape }) => ({ name, shape })),
  }
  return encodeSnapshot({ kind: 'policy', meta, sections: { parameters: snapshot.parameters } })
}

/** @throws SnapshotError if the bytes are not a policy, or have another number of parameters than its network. */
export function parsePolicySnapshot(bytes: Uint8Array): PolicySnapshot {
  const { meta, sections } = parseSnapshot<PolicyMeta>(bytes, 'policy')
  const { parameters } = sections
  const { size } = createNetwork(meta.network, meta.interface)
  if (!(parameters instanceof Float32Array) || parameters.length !== size)
    throw new SnapshotError(`its network has ${size} parameters, it holds ${parameters?.length ?? 0}`)
  return { network: meta.network, interface: meta.interface, parameters }
}
