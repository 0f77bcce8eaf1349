import type { VerdictPart } from '@goalpost/contracts'
import { plain } from '../terminal/text.ts'

/** `thresholds: intent 0.5, capable 0.5`; nothing if the rule has none. */
export function thresholdText({ thresholds }: Pick<VerdictPart, 'thresholds'>): string {
  const entries = Object.entries(thresholds)
  if (entries.length === 0) return ''
  return `thresholds: ${entries.map(([name, value]) => `${plain(name)} ${value}`).join(', ')}`
}

/** The thresholds of all verdicts if they are equal, otherwise null. */
export function sharedThresholds(parts: readonly VerdictPart[]): string | null {
  const texts = new Set(parts.map(thresholdText))
  const [text = ''] = texts
  return parts.length > 1 && texts.size === 1 ? text : null
}
