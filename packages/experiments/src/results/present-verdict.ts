import type { VerdictPart, VerdictView } from '@goalpost/contracts'

/** The finding of a report's verdict, without the parts that only a report shows. */
export function presentVerdict(part: VerdictPart): VerdictView {
  const { condition, title, verdict, tone, sentence, goal, reason, provisional, tally, numbers } = part
  return {
    condition,
    title,
    name: verdict,
    tone,
    provisional,
    sentence: sentence ?? reason,
    goal: goal ?? null,
    agreeing: tally[verdict] ?? 0,
    total: Object.values(tally).reduce((sum, count) => sum + count, 0),
    numbers: numbers.map(({ key = null, name, estimate }) => ({ key, label: name, estimate })),
  }
}
