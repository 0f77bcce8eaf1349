/** An array as PostgreSQL writes it, for one parameter that is cast to an array of numbers or texts. */
export function arrayLiteral(values: readonly (number | bigint | string | null | undefined)[]): string {
  return `{${values.map(element).join(',')}}`
}

function element(value: number | bigint | string | null | undefined): string {
  if (value === null || value === undefined) return 'NULL'
  return typeof value === 'string' ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : String(value)
}
