import type { LabelChangeInput } from '@goalpost/contracts'

/** `team=alignment` sets a label, `team` alone removes it; null if it is neither. */
export function parseLabelChange(text: string): LabelChangeInput | null {
  const [key = '', ...rest] = text.split('=').map((part) => part.trim())
  if (key === '') return null
  return rest.length === 0 ? { set: {}, remove: [key] } : { set: { [key]: rest.join('=') } }
}
