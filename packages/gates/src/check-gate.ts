import type { BaselineRule, GateSpec, InputIssue } from '@goalpost/contracts'

/** What the schema of a gate does not show: names used twice, conditions that are not fixed, and comparisons of a version with itself. */
export function checkGate(gate: GateSpec): InputIssue[] {
  return [
    ...repeatedNames(gate),
    ...ownSubject(gate),
    ...ownSearch(gate),
    ...selfComparisons(gate),
    ...repeatedTriggers(gate),
  ]
}

function repeatedNames({ rules }: GateSpec): InputIssue[] {
  return rules.flatMap(({ name }, index) => {
    const first = rules.findIndex((other) => other.name === name)
    if (first === index) return []
    const message = `is the name of rule ${first + 1} too`
    return [{ pointer: `/rules/${index}/name`, message, remedy: 'Give each rule its own name' }]
  })
}

function ownSubject({ spec, model }: GateSpec): InputIssue[] {
  if (spec.subject === undefined) return []
  const message = `is set by each run of the gate, to the version of ${model} that it tests`
  return [{ pointer: '/spec/subject', message, remedy: 'Remove it' }]
}

function ownSearch({ spec }: GateSpec): InputIssue[] {
  if (spec.search === undefined) return []
  const message = 'a gate evaluates fixed conditions, and a search chooses its own'
  return [{ pointer: '/spec/search', message, remedy: 'Remove it' }]
}

function selfComparisons({ rules, triggers }: GateSpec): InputIssue[] {
  return rules.flatMap((rule, index) => {
    if (rule.kind !== 'baseline' || !('alias' in rule.against)) return []
    const message = reasonAgainst(rule.against, triggers)
    if (message === null) return []
    const remedy = 'Compare with a version, or with an alias that moves only after the gate has passed'
    return [{ pointer: `/rules/${index}/against/alias`, message, remedy }]
  })
}

/** A version is as good as itself, so the rule could not find anything. */
function reasonAgainst(
  { alias }: Extract<BaselineRule['against'], { alias: string }>,
  triggers: GateSpec['triggers'],
): string | null {
  if (alias === 'latest') return '`latest` is usually the version being tested, which would be compared with itself'
  const moved = triggers.some((trigger) => trigger.on === 'alias-moved' && trigger.alias === alias)
  if (!moved) return null
  return `a run starts when \`${alias}\` has moved to the version being tested, which would be compared with itself`
}

function repeatedTriggers({ triggers }: GateSpec): InputIssue[] {
  // Parsed by the schema, equal triggers have their fields in the same order.
  const texts = triggers.map((trigger) => JSON.stringify(trigger))
  return texts.flatMap((text, index) => {
    const first = texts.indexOf(text)
    if (first === index) return []
    return [{ pointer: `/triggers/${index}`, message: `is the same as trigger ${first + 1}`, remedy: 'Remove one' }]
  })
}
