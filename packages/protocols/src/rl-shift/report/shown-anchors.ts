import type { SuiteAnchors } from '@goalpost/evaluation'

/** Those of the first two goals: a further goal's are the ends of its own scale, and say nothing of other columns. */
export function shownAnchors({ anchors }: SuiteAnchors): SuiteAnchors['anchors'] {
  const further = (anchors[0]?.goals ?? [])
    .slice(2)
    .flatMap(({ goal: { name } }) => [`${name}-oracle`, `open-loop-${name}`])
  return anchors.filter(({ reference }) => !further.includes(reference))
}
