import { GoalpostError } from '@goalpost/contracts'

const factors: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }

/** `500`, `20MB`, `1.5 GB` or `2TB`, in bytes. */
export function parseBytes(flag: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? []
  const bytes = Number(amount) * (factors[unit.toLowerCase()] ?? Number.NaN)
  if (amount !== '' && Number.isSafeInteger(Math.round(bytes))) return Math.round(bytes)
  throw new GoalpostError('invalid-request', `${flag} must look like 500MB or 20GB, not ${JSON.stringify(text)}`)
}
