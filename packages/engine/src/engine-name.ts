/** The engines that this release knows. `tfjs:cpu` is slow, plain JavaScript: the reference of the parity tests. */
export const engineNames = ['tfjs:wasm', 'tfjs:tensorflow', 'tfjs:cpu'] as const
export type EngineName = (typeof engineNames)[number]

/** `auto` is always `tfjs:wasm`: equal specs must mean equal numbers, whatever else a machine has installed. */
export function resolveEngine(name: EngineName | 'auto'): EngineName {
  return name === 'auto' ? 'tfjs:wasm' : name
}
