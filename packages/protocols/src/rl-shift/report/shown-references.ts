import type { SuiteAnchors } from '@goalpost/evaluation'

/** The reference policies of the first two goals: those of other goals only define the scale of their own goal. */
export function shownReferences({ anchors }: SuiteAnchors): SuiteAnchors['anchors'] {
  const further = (anchors[0]?.goals ?? [])
    .slice(2)
    .flatMap(({ goal: { name } }) => [`${name}-oracle`, `open-loop-${name}`])
  return anchors.filter(({ reference }) => !further.includes(reference))
}
