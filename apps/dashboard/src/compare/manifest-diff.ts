import type { Manifest, ManifestsView } from '@goalpost/contracts'
import { differences, type OptionDifference } from './option-diff.ts'

export type ComputedSide = { readonly name: string; readonly manifests: ManifestsView['manifests'] }

/** The software and machines in which sides differ. Where one side used several, all are named. */
export function manifestDiff(sides: readonly ComputedSide[]): OptionDifference[] {
  const common = commonFeatures(sides)
  return differences(
    sides.map(({ manifests }) => {
      const facts = manifests.flatMap(({ manifest }) => factsOf(manifest, common))
      const byName = Map.groupBy(facts, ([name]) => name)
      return new Map([...byName].map(([name, of]) => [name, joined(of.map(([, value]) => value))]))
    }),
  )
}

const joined = (values: readonly string[]): string => [...new Set(values)].toSorted().join('; ')

function factsOf({ codeRevision, node, engine, cpu, packages }: Manifest, common: ReadonlySet<string>) {
  const own = cpu.features.filter((feature) => !common.has(feature))
  return [
    ['code', codeRevision],
    ['Node', node],
    ['processor', cpu.model],
    ...(own.length === 0 ? [] : [['instruction sets that not all have', own.toSorted().join(' ')] as const]),
    // Tasks without tensors have no engine: that is no difference.
    ...(engine === null ? [] : engineFacts(engine)),
    ...Object.entries(packages).map(([name, version]) => [`package ${name}`, version] as const),
  ] as const
}

function engineFacts({ name, build, provider, threads, device, deviceName }: NonNullable<Manifest['engine']>) {
  return [
    ['engine', `${name} ${build}`],
    ['engine: provider', provider],
    ['engine: threads', String(threads)],
    ['engine: device', deviceName ?? device],
  ] as const
}

/** There are dozens, and nearly all processors have nearly all. */
function commonFeatures(sides: readonly ComputedSide[]): ReadonlySet<string> {
  const sets = sides.flatMap(({ manifests }) => manifests.map(({ manifest }) => new Set(manifest.cpu.features)))
  const [first, ...others] = sets
  return others.reduce(
    (common, set) => new Set([...common].filter((feature) => set.has(feature))),
    first ?? new Set<string>(),
  )
}
