import type { ConditionEvidence, Evidence } from '@goalpost/experiments'
import { canonicalJson } from '@goalpost/experiments'
import type { ArtifactRef } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { ToolFault, type Choice } from '@goalpost/protocol-kit'
import { artifactNames } from '../artifact-names.ts'
import { isSecret } from '../suites/secret-suite.ts'
import { referencesKey } from '../references/plan-references.ts'
import type { ReadPlayed } from './played-condition.ts'
import type { SuiteWorld } from '../suites/world-inputs.ts'

/** Published suites, with the file that contains their hash. */
export type ChosenSuites = { readonly suites: readonly ChosenSuite[] }

export type ChosenSuite = {
  readonly world: SuiteWorld
  readonly conditions: readonly string[]
  /** Hash of the reference policies' file of facts, which includes the suite's own hash. */
  readonly facts: string
}

type Played = Omit<ChosenSuite, 'facts'> & { readonly facts: ArtifactRef | null }

/** The experiment's secret suites, or the one of this name. Throws a ToolFault if it has none, or has not ended. */
export function chooseSecretSuites(
  { suite }: { readonly suite?: string | undefined },
  { conditions }: Omit<Evidence, 'artifacts'>,
  read: ReadPlayed,
): Choice<ChosenSuites> {
  const all = distinct(conditions.flatMap((condition) => secretSuites(condition, read)))
  const found = all.filter(({ world }) => suite === undefined || world.name === suite)
  if (found.length === 0) throw nothingSecret(suite, [...new Set(all.map(({ world }) => world.name))])
  requireEnd(conditions)
  const suites = found.map(({ facts, ...rest }) => {
    if (facts !== null) return { ...rest, facts: facts.hash }
    const message = `has no result on the suite ${rest.world.name}: nothing was judged by its levels`
    throw new ToolFault({ pointer: '/experiment', message })
  })
  return { chosen: { suites }, files: suites.map(({ facts }) => ({ hash: facts, pointer: '/experiment' })) }
}

function secretSuites(condition: ConditionEvidence, read: ReadPlayed): Played[] {
  const { suites, world } = read.condition(condition)
  return suites.filter(isSecret).map((suite) => {
    const key = referencesKey(suite.name)
    const results = condition.runs.flatMap(({ tasks }) => tasks.filter((task) => task.key === key))
    const artifacts = results.flatMap(({ result }) => result?.artifacts ?? [])
    const facts = artifacts.find((artifact) => artifact.name === artifactNames.facts) ?? null
    return { world: world(suite), conditions: [condition.name], facts }
  })
}

/** Conditions with the same levels share one suite. */
function distinct(played: readonly Played[]): Played[] {
  const byWorld = Map.groupBy(played, ({ world: { observation: _shown, ...levels } }) => canonicalJson(levels))
  return [...byWorld.values()].map((same) => ({
    world: same[0].world,
    conditions: same.flatMap(({ conditions }) => conditions),
    facts: same.map(({ facts }) => facts).find((facts) => facts !== null) ?? null,
  }))
}

function requireEnd(conditions: Evidence['conditions']): void {
  const open = conditions.flatMap(({ runs }) => runs).filter(({ state }) => state === 'waiting' || state === 'running')
  if (open.length === 0) return
  throw new ToolFault({
    pointer: '/experiment',
    message: `has not ended: ${open.length} of its runs are pending and would be judged on known levels`,
    remedy: 'Wait for its verdict (goalpost watch), or cancel it',
  })
}

function nothingSecret(suite: string | undefined, names: readonly string[]): ToolFault {
  if (names.length === 0) return new ToolFault({ pointer: '/experiment', message: 'has no secret suite' })
  const remedy = suggestName(suite ?? '', names)
  const message = `there is no secret suite ${suite}`
  return new ToolFault({ pointer: '/suite', message, ...(remedy === undefined ? {} : { remedy }) })
}
