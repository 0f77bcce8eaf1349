import { existsSync, readFileSync } from 'node:fs'
import { experimentSpec } from '@goalpost/contracts'
import { parseDocument } from '@goalpost/validation'
import { resolveSpec } from '@goalpost/experiments'
import { protocols } from '@goalpost/protocols'
import type { NetworkSpec, PpoOptions } from '@goalpost/learning'

/** The training of an example's first condition. */
export type ExampleTraining = {
  readonly environment: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly alpha: number
  readonly steps: number
  readonly network: NetworkSpec
  readonly ppo: Omit<PpoOptions, 'discount' | 'totalSteps'>
}

/** With defaults filled in; null if there is no such example. */
export function readExample(name: string): ExampleTraining | null {
  const file = new URL(`../../examples/${name}.yaml`, import.meta.url)
  if (!existsSync(file)) return null
  const spec = experimentSpec.parse(parseDocument(readFileSync(file, 'utf8'), 'yaml'))
  const resolution = resolveSpec(spec, protocols)
  if (!resolution.ok) throw new Error(`${name}: ${JSON.stringify(resolution.issues)}`)
  const [condition] = resolution.resolved.conditions
  if (condition === undefined) throw new Error(`${name} has no conditions`)
  return condition.options as unknown as ExampleTraining
}
