import type { GateRule, GateSpec, InputIssue, ResolvedSpec } from '@goalpost/contracts'
import type { Protocol } from '@goalpost/experiments'
import { suggestName } from '@goalpost/validation'

/** Rules name conditions of the experiment, and verdicts and measures of its protocol. */
export function checkRules({ rules }: GateSpec, { conditions }: ResolvedSpec, protocol: Protocol): InputIssue[] {
  const verdicts = protocol.verdicts.map(({ name }) => name)
  const measures = (protocol.subject?.measures ?? []).map(({ name }) => name)
  return rules.flatMap((rule, index) => {
    const at = `/rules/${index}`
    const known = conditions.map(({ name }) => name)
    return [
      ...requireKnown(rule.condition, known, { pointer: `${at}/condition`, what: 'condition' }),
      ...namesIn(rule).flatMap(({ name, pointer, what }) =>
        requireKnown(name, what === 'verdict' ? verdicts : measures, { pointer: `${at}${pointer}`, what }),
      ),
    ]
  })
}

type Named = { readonly name: string; readonly pointer: string; readonly what: 'verdict' | 'measure to watch' }

function namesIn(rule: GateRule): Named[] {
  if (rule.kind !== 'verdict') return [{ name: rule.measure, pointer: '/measure', what: 'measure to watch' }]
  return rule.never.map((name, index) => ({ name, pointer: `/never/${index}`, what: 'verdict' as const }))
}

function requireKnown(
  name: string,
  known: readonly string[],
  { pointer, what }: { readonly pointer: string; readonly what: string },
): InputIssue[] {
  if (known.includes(name)) return []
  const remedy = suggestName(name, known) ?? `Use one of ${known.join(', ')}`
  return [{ pointer, message: `there is no ${what} \`${name}\``, remedy }]
}
