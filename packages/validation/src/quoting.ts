/**
 * YAML reads `1.10` as a number and `1_024` as a text; the remedy for the opposite of what was meant, or null.
 */
export function quotingRemedy(expected: string, given: unknown): string | null {
  if (expected === 'string' && (typeof given === 'number' || typeof given === 'boolean'))
    return `Write it in quotes, as otherwise it is read as a ${typeof given === 'number' ? 'number' : 'truth value'}: "${given}"`
  if ((expected === 'number' || expected === 'int') && typeof given === 'string') return asNumber(given)
  if (expected === 'boolean' && (given === 'true' || given === 'false')) return `Leave out the quotes: ${given}`
  return null
}

function asNumber(given: string): string | null {
  const plain = given.replaceAll('_', '').trim()
  if (plain === '' || plain.length > 30 || !Number.isFinite(Number(plain))) return null
  return given.includes('_') ? `Write it without underscores: ${plain}` : `Leave out the quotes: ${plain}`
}
