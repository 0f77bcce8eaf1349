import {
  limits,
  type ExperimentSpec,
  type InputIssue,
  type JsonObject,
  type ResolvedCondition,
  type ResolvedSpec,
  type ResolvedSubject,
} from '@goalpost/contracts'
import { jsonPointer, suggestName } from '@goalpost/validation'
import { canonicalJson } from '../identity.ts'
import type { Protocol, Resolution } from '../ports/protocol.ts'
import type { Deployment } from '../salt.ts'
import { draftConditions, holdsPath } from './conditions.ts'
import type { Draft } from './grid.ts'
import { mergeGridIssues } from './merge-grid-issues.ts'
import { placeSubject } from './place-subject.ts'
import { listSeeds } from './seeds.ts'
import { draftProbes } from '../search/search-drafts.ts'
import { tryFraction } from '../search/try-fraction.ts'
import { resolveSearch, type SearchProgress } from '../search/resolve-search.ts'

export type SpecResolution =
  | { readonly ok: true; readonly resolved: ResolvedSpec }
  | { readonly ok: false; readonly issues: readonly InputIssue[] }

export type Circumstances = Partial<Deployment> & {
  /** What the spec's subject names. */
  readonly subject?: ResolvedSubject | null
  /** How far the spec's search has come; by default its first round. */
  readonly progress?: SearchProgress
}

/**
 * Expands and completes a spec: seeds listed, conditions named, every option filled in by the protocol. Issues
 * point to the place of the error in the sent document: in `options`, `conditions`, `grid` or `search`.
 */
export function resolveSpec(
  spec: ExperimentSpec,
  protocols: ReadonlyMap<string, Protocol>,
  { subject = null, progress, ...deployment }: Circumstances = {},
): SpecResolution {
  const protocol = protocols.get(spec.protocol)
  const { seeds, issues: seedIssues } = listSeeds(spec.seeds)
  const { drafts: arms, issues: draftIssues } = draftConditions(spec)
  const issues = [...seedIssues, ...draftIssues, ...checkRuns(arms.length, seeds.length)]
  if (protocol === undefined) return { ok: false, issues: [unknownProtocol(spec.protocol, protocols), ...issues] }
  const searched =
    spec.search === undefined ? null : resolveSearch(spec.search, { protocol, arms, seeds: seeds.length, progress })
  if (searched?.ok === false) return { ok: false, issues: [...issues, ...searched.issues] }
  const search = searched?.search
  const drafts = search === undefined ? arms : draftProbes(search, arms)
  const placed = placeSubject({ named: spec.subject !== undefined, options: spec.options, drafts, subject }, protocol)
  if (!placed.ok) return { ok: false, issues: [placed.issue, ...issues] }
  const resolve = (draft: Draft) => protocol.resolve(placed.optionsOf(draft), { saltHash: null, ...deployment })
  const { conditions, issues: optionIssues } = resolveConditions(spec, drafts, resolve)
  issues.push(...optionIssues)
  const isFirst = search !== undefined && progress === undefined
  if (isFirst && issues.length === 0) issues.push(...tryFraction(search, arms, resolve))
  if (issues.length > 0) return { ok: false, issues }
  const { apiVersion, name, description, labels, resources, priority, deadline, fresh } = spec
  return {
    ok: true,
    resolved: {
      apiVersion,
      protocol: protocol.name,
      protocolVersion: protocol.version,
      name,
      ...(description === undefined ? {} : { description }),
      labels,
      seeds: [...seeds],
      conditions,
      ...(search === undefined ? {} : { search }),
      ...(subject === null ? {} : { subject }),
      resources: { ...resources, device: resources.device ?? 'cpu' },
      priority,
      ...(deadline === undefined ? {} : { deadline }),
      fresh,
    },
  }
}

function unknownProtocol(name: string, protocols: ReadonlyMap<string, Protocol>): InputIssue {
  const remedy = suggestName(name, [...protocols.keys()])
  return {
    pointer: '/protocol',
    message: `unknown protocol \`${name}\``,
    ...(remedy === undefined ? {} : { remedy }),
  }
}

function checkRuns(conditions: number, seeds: number): InputIssue[] {
  const runs = conditions * seeds
  if (runs <= limits.runsPerExperiment) return []
  return [
    {
      pointer: '/seeds',
      message: `${conditions} conditions × ${seeds} seeds = ${runs} runs, more than the ${limits.runsPerExperiment} allowed`,
      remedy: 'Use fewer seeds or conditions, or submit several experiments',
    },
  ]
}

/** Enough for one round of fixes; 200 conditions may each have thousands. */
const enoughIssues = 50

function resolveConditions(spec: ExperimentSpec, drafts: readonly Draft[], resolve: (draft: Draft) => Resolution) {
  const conditions: ResolvedCondition[] = []
  const issues = new Map<string, InputIssue>()
  const report = (issue: InputIssue) => issues.set(`${issue.pointer} ${issue.message}`, issue)
  const byOptions = new Map<string, Draft>()
  for (const draft of drafts) {
    if (issues.size >= enoughIssues) break
    const resolution = resolve(draft)
    if (!resolution.ok) {
      for (const issue of resolution.issues)
        report({ ...issue, pointer: pointInto(spec.options, draft, issue.pointer) })
      continue
    }
    const { options, marks } = resolution
    const content = canonicalJson(options)
    const twin = byOptions.get(content)
    // Equal names have been reported.
    if (twin !== undefined && twin.name !== draft.name) report(sameOptions(draft, twin))
    byOptions.set(content, draft)
    conditions.push({ name: draft.name, ...describe(draft), options, marks: [...marks] })
  }
  return { conditions, issues: mergeGridIssues([...issues.values()], spec.grid) }
}

function describe({ description }: Draft): { description?: string } {
  return description === undefined ? {} : { description }
}

/** The place in the document of an error at `pointer` below a condition's options. */
function pointInto(common: JsonObject, draft: Draft, pointer: string): string {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const own = draft.locate(path)
  if (own !== null) return own
  if (holdsPath(common, path) || !draft.pointer.startsWith('/conditions')) return jsonPointer(['options', ...path])
  // Missing in both: points to where its nearest existing parent was written.
  for (let depth = path.length - 1; depth > 0; depth--) {
    if (draft.locate(path.slice(0, depth)) !== null) return `${draft.pointer}/options${jsonPointer(path)}`
  }
  return jsonPointer(['options', ...path])
}

function sameOptions(draft: Draft, twin: Draft): InputIssue {
  return {
    pointer: draft.pointer,
    message: `the conditions \`${twin.name}\` and \`${draft.name}\` resolve to the same options`,
    remedy: 'Leave one out: its runs would be copies of the other',
  }
}
