import type { Manifest } from '@goalpost/contracts'

/** A difference between two computations of the same task. */
export type Difference = { readonly what: string; readonly before: string; readonly after: string }

/**
 * The differences between two computations that can change bits: engine, processor, Node, packages, and last the code,
 * as its revision may have changed without changing any number.
 */
export function compareManifests(before: Manifest, after: Manifest): readonly Difference[] {
  const pairs = [
    ['engine', before.engine?.name, after.engine?.name],
    ['engine build', before.engine?.build, after.engine?.build],
    ['provider', before.engine?.provider, after.engine?.provider],
    ['threads', before.engine?.threads, after.engine?.threads],
    ['device', deviceOf(before), deviceOf(after)],
    ['processor', before.cpu.model, after.cpu.model],
    ['processor features', ...onlyIn(before.cpu.features, after.cpu.features)],
    ['Node', before.node, after.node],
    ['packages', ...onlyIn(versionsOf(before), versionsOf(after))],
    ['code', before.codeRevision, after.codeRevision],
  ] as const
  return pairs
    .filter(([, first, second]) => first !== second)
    .map(([what, first, second]) => ({ what, before: textOf(first), after: textOf(second) }))
}

function deviceOf({ engine }: Manifest): string | undefined {
  return engine === null ? undefined : [engine.device, engine.deviceName ?? ''].join(' ').trim()
}

function versionsOf({ packages }: Manifest): string[] {
  return Object.entries(packages).map(([name, version]) => `${name} ${version}`)
}

/** Entries of one side that the other lacks. */
function onlyIn(before: readonly string[], after: readonly string[]): readonly [string, string] {
  const only = (these: readonly string[], those: readonly string[]) =>
    these.filter((one) => !those.includes(one)).join(', ')
  return [only(before, after), only(after, before)]
}

function textOf(value: string | number | undefined): string {
  return value === undefined || value === '' ? 'none' : String(value)
}
