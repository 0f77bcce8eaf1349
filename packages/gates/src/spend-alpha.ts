/**
 * The part of the false alarms that one rule may spend in one run. Σ 1/(n(n + 1)) over all runs is 1: for any number of
 * runs, all of them together stay within `falseAlarms`. Rules share a run's part equally (Bonferroni).
 */
export function spendAlpha({ falseAlarms, run, rules }: { falseAlarms: number; run: number; rules: number }): number {
  if (!(Number.isInteger(run) && run >= 1)) throw new RangeError(`Runs are counted from 1, got ${run}`)
  return falseAlarms / (run * (run + 1)) / Math.max(1, rules)
}
