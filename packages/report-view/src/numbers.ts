import type { Estimate } from '@goalpost/contracts'

/** About three significant digits; integers have no decimals: `0.211`, `−12.4`, `1,234`, `3.2e+9`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  const text = size !== 0 && (size >= 1e7 || size < 1e-3) ? value.toExponential(1) : fixed(value, size)
  return text.replace(/^-/, '−')
}

function fixed(value: number, size: number): string {
  const digits = Number.isInteger(value) ? 0 : size < 10 ? 3 : size < 100 ? 2 : size < 1_000 ? 1 : 0
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** `[0.190, 0.232]`, or nothing without an interval. */
export function formatInterval({ low, high }: Estimate): string {
  return low === undefined || high === undefined ? '' : `[${formatNumber(low)}, ${formatNumber(high)}]`
}

/** For marks on an axis: `0.25`, `500k`, `1.5M`, `1e-5`. */
export function formatTick(value: number): string {
  const size = Math.abs(value)
  const text =
    size >= 1e9
      ? `${trim(value / 1e9)}G`
      : size >= 1e6
        ? `${trim(value / 1e6)}M`
        : size >= 1e4
          ? `${trim(value / 1e3)}k`
          : size !== 0 && size < 1e-3
            ? value.toExponential().replace('e+', 'e')
            : trim(value)
  return text.replace(/^-/, '−')
}

/** Removes digits that come from rounding errors. */
function trim(value: number): string {
  return String(Number(value.toPrecision(6)))
}
