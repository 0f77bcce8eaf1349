/** Fewer seeds than this cannot show two groups. */
export const fewestForGroups = 5

export type GroupThresholds = { readonly gapShare: number; readonly withinShare: number }

/**
 * [seeds − 5]: the gap, as a share of the range, that 2 % of normal samples exceed, and the share of squares within
 * groups that 2 % fall below; both together are rarer. Written by benchmarks/statistics/group-thresholds.ts.
 */
const table: readonly (readonly [gapShare: number, withinShare: number])[] = [
  [0.805, 0.021], // 5
  [0.723, 0.041], // 6
  [0.661, 0.061], // 7
  [0.61, 0.078], // 8
  [0.571, 0.094], // 9
  [0.54, 0.109], // 10
  [0.426, 0.12], // 11
  [0.403, 0.131], // 12
  [0.381, 0.14], // 13
  [0.366, 0.148], // 14
  [0.348, 0.156], // 15
  [0.336, 0.163], // 16
  [0.327, 0.168], // 17
  [0.317, 0.174], // 18
  [0.307, 0.181], // 19
  [0.299, 0.184], // 20
  [0.249, 0.189], // 21
  [0.243, 0.194], // 22
  [0.236, 0.198], // 23
  [0.232, 0.202], // 24
  [0.227, 0.205], // 25
  [0.22, 0.208], // 26
  [0.217, 0.211], // 27
  [0.212, 0.214], // 28
  [0.208, 0.217], // 29
  [0.205, 0.218], // 30
  [0.178, 0.222], // 31
  [0.175, 0.224], // 32
  [0.173, 0.227], // 33
  [0.169, 0.228], // 34
  [0.167, 0.231], // 35
  [0.165, 0.232], // 36
  [0.163, 0.235], // 37
  [0.16, 0.237], // 38
  [0.158, 0.239], // 39
  [0.156, 0.24], // 40
]

/** Beyond 40 seeds the last ones are used, which are stricter than necessary. */
export function groupThresholds(seeds: number): GroupThresholds {
  const [gapShare, withinShare] = table[Math.min(seeds - fewestForGroups, table.length - 1)]
  return { gapShare, withinShare }
}
