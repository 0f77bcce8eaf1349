import type { GateRule, GateTrigger, GateView } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import { plain } from '../../terminal/text.ts'

export function describeGate({ terminal }: Context, gate: GateView): string[] {
  const { spec, version, nextAt, updatedBy } = gate
  const { first, budget } = spec.stages
  const facts = [
    ['model', plain(spec.model)],
    ['version', `${version}${updatedBy === null ? '' : ` by ${plain(updatedBy)}`}`],
    ['tests', spec.triggers.map(triggerText).join(', ') || 'only when started by hand'],
    ['next', nextAt === null ? '' : nextAt.replace('T', ' ').replace('.000Z', ' UTC')],
    ['units', `${first.toLocaleString('en-US')}, up to ${budget.toLocaleString('en-US')} while undecided`],
    ...spec.rules.map((rule, index) => [index === 0 ? 'rules' : '', ruleText(rule)]),
  ]
  return [
    terminal.colours.bold(plain(gate.name)),
    ...(spec.description === undefined ? [] : [plain(spec.description)]),
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name = '', value = '']) => `  ${terminal.colours.dim(name.padEnd(8))}  ${value}`),
  ]
}

function triggerText(trigger: GateTrigger): string {
  if (trigger.on === 'version-registered') return 'every new version'
  if (trigger.on === 'alias-moved') return `versions that ${plain(trigger.alias)} moves to`
  return `the latest version at ${plain(trigger.cron)} (${plain(trigger.timezone)})`
}

/** Such as `returns: score at least 0.8 in small`. */
function ruleText(rule: GateRule): string {
  const { name, condition, severity } = rule
  const place = `in ${plain(condition)}${severity === 'warn' ? ', as a warning' : ''}`
  return `${plain(name)}: ${boundText(rule)} ${place}`
}

function boundText(rule: GateRule): string {
  if (rule.kind === 'verdict') return `never ${rule.never.map(plain).join(' or ')}`
  const measure = plain(rule.measure)
  if (rule.kind === 'absolute')
    return rule.atLeast === undefined ? `${measure} at most ${rule.atMost}` : `${measure} at least ${rule.atLeast}`
  const { against, margin } = rule
  const other = 'alias' in against ? plain(against.alias) : 'version' in against ? against.version : 'an earlier run'
  return `${measure} at most ${margin} worse than ${other}`
}
