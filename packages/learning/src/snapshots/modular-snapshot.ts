import type { FeedForwardSpec, NetworkInterface, NetworkSpec } from '../networks/network-spec.ts'
import { goalInterface, navigatorInterface } from '../networks/modular.ts'
import { createNetwork } from '../networks/network.ts'
import type { PolicySnapshot } from './policy-snapshot.ts'

/** The two modules of a policy, each a network of its own for whole observations. */
export type PolicyModules = { readonly goal: PolicySnapshot; readonly navigator: PolicySnapshot }

type Joining = {
  /** Flat parameters. */
  readonly goal: Float32Array
  readonly navigator: Float32Array
  /** Of both modules. */
  readonly network: FeedForwardSpec
  readonly unseen: number | null
  /** Of the policy. */
  readonly interface: NetworkInterface
}

/** One policy of two modules that were trained apart. */
export function joinModules({ goal, navigator, network, unseen, interface: made }: Joining): PolicySnapshot {
  const parameters = new Float32Array(goal.length + navigator.length)
  parameters.set(goal)
  parameters.set(navigator, goal.length)
  return { network: { kind: 'modular', goal: network, navigator: network, unseen }, interface: made, parameters }
}

/** Null for policies of one piece. */
export function modulesOf({ network, interface: made, parameters }: PolicySnapshot): PolicyModules | null {
  if (network.kind !== 'modular') return null
  const [pointing, steering] = [goalInterface(made), navigatorInterface(made)]
  const { size } = createNetwork(network.goal, pointing)
  return {
    goal: { network: network.goal, interface: pointing, parameters: parameters.slice(0, size) },
    navigator: { network: network.navigator, interface: steering, parameters: parameters.slice(size) },
  }
}

/** The network of both modules. Modules decide by the present observation alone, and are of one piece. */
export function moduleNetwork(network: NetworkSpec): FeedForwardSpec {
  if (network.kind === 'lstm' || network.kind === 'ensemble' || network.kind === 'modular')
    throw new RangeError('modules need a network without memory')
  return network
}
