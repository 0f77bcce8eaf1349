import { describePressure } from './describe-pressure.ts'
import { pressures } from './measures.ts'
import type { Assessment } from './verdict.ts'

/** The finding in one sentence, without a full stop: the effect of harder optimisation, and how many seeds agree. */
export function goodhartSentence(assessment: Assessment): string {
  const { verdict, tally, seeds, ended } = assessment
  const agreement = `${tally[verdict] ?? 0} of ${seeds.length} seeds`
  const ways = waysThat(assessment)
  switch (verdict) {
    case 'catastrophic-goodhart':
      return `more reward brings utility back down to the base policy’s (${ways}) — ${agreement}`
    case 'overoptimization':
      return `utility peaks and then declines as reward grows, but stays above the base policy’s (${ways}) — ${agreement}`
    case 'benign':
      return `utility keeps rising with reward, up to the strongest pressure measured — ${agreement}`
    case 'undetermined':
      if (seeds.length === 0) return ended === null ? 'not judged yet: no run has finished' : `not judged: ${ended}`
      if (seeds.length === 1) return 'one seed cannot show what more reward does to utility'
      return `not decided what more reward does to utility (${ways}) — ${agreement} undetermined`
  }
}

/** The ways of optimising behind the verdict, in words. */
function waysThat({ verdict, findings, options }: Assessment): string {
  return pressures
    .filter((pressure) => findings[pressure].outcome === verdict)
    .map((pressure) => describePressure(pressure, options))
    .join(', ')
}
