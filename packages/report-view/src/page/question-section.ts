import type { CatalogEntry, ResolvedSpec } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'
import { breakable, prose } from '../prose.ts'
import { variedOptions, type VariedOption } from '../varied-options.ts'
import { factsOf, meaningOf, usedEntries, type Glossary } from './glossary.ts'
import type { PageSection } from './page-section.ts'

type Question = {
  readonly resolved: ResolvedSpec
  readonly glossary: Glossary | undefined
  readonly varied: readonly VariedOption[]
}

/** The question in words: the protocol, the world, and the differences between conditions. */
export function questionSection(
  resolved: ResolvedSpec,
  glossary: Glossary | undefined,
  anchorOf: (title: string) => string,
): PageSection | null {
  const varied = variedOptions(resolved.conditions)
  if (glossary === undefined && resolved.description === undefined && varied.length === 0) return null
  const title = 'The question'
  return { title, anchor: anchorOf(title), parts: [], body: h(QuestionText, { resolved, glossary, varied }) }
}

function QuestionText({ resolved, glossary, varied }: Question) {
  const entries = usedEntries(glossary, resolved)
  return h(
    Fragment,
    null,
    resolved.description !== undefined && h('p', null, prose(resolved.description)),
    glossary !== undefined && h('p', null, prose(glossary.protocol.description)),
    ...entries.map((entry) => h(WorldText, { entry, resolved })),
    varied.length > 0 && h('p', null, 'What differs between the conditions:'),
    varied.length > 0 && h('dl', null, ...varied.map((option) => h(VariedText, { option, glossary, entries }))),
    h(DescribedConditions, { resolved }),
  )
}

function WorldText({ entry, resolved }: { readonly entry: CatalogEntry; readonly resolved: ResolvedSpec }) {
  const facts = factsOf(entry, resolved).map(({ kind, name, description }) =>
    h(Fragment, null, h('dt', null, kind), h('dd', null, h('b', null, name), ': ', prose(description))),
  )
  return h(
    Fragment,
    null,
    h('p', null, h('b', null, `${entry.title}.`), ' ', prose(entry.description)),
    h('dl', null, ...facts),
  )
}

type VariedProps = {
  readonly option: VariedOption
  readonly glossary: Glossary | undefined
  readonly entries: readonly CatalogEntry[]
}

function VariedText({ option, glossary, entries }: VariedProps) {
  const meaning = meaningOf(option, glossary, entries)
  return h(
    Fragment,
    null,
    h('dt', null, h('code', null, option.path.join('.'))),
    h(
      'dd',
      null,
      meaning !== undefined && h(Fragment, null, prose(meaning), ': '),
      breakable(option.values.join(', ')),
    ),
  )
}

function DescribedConditions({ resolved: { conditions } }: { readonly resolved: ResolvedSpec }) {
  const described = conditions.flatMap(({ name, description }) =>
    description === undefined
      ? []
      : [h(Fragment, null, h('dt', null, breakable(name)), h('dd', null, prose(description)))],
  )
  return described.length === 0 ? null : h('dl', null, ...described)
}
