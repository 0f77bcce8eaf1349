import type { Protocol } from '@goalpost/experiments'
import { registry } from './registry.ts'

/** All protocols, by name. Loads no tensor library. */
export const protocols: ReadonlyMap<string, Protocol> = new Map(
  registry.map(({ protocol }) => [protocol.name, protocol]),
)
