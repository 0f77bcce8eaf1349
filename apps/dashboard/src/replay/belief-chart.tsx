import { useDeferredValue, useMemo } from 'react'
import { goalBeliefs, type GoalBeliefs } from './goal-beliefs.ts'
import type { RecordedEpisode } from './recorded-episode.ts'
import { ShadeRows } from './shade-rows.tsx'

type Props = {
  readonly recorded: RecordedEpisode
  readonly step: number
  readonly onStep: (step: number) => void
}

/** Which goal explains the actions so far, along the episode; nothing in worlds without candidate goals. */
export function BeliefChart({ recorded, step, onStep }: Props) {
  // Planning for every goal takes a moment: the episode is drawn before.
  const planned = useDeferredValue<RecordedEpisode | null>(recorded, null)
  const beliefs = useMemo(() => (planned === null ? null : goalBeliefs(planned)), [planned])
  if (beliefs === null) return null
  const { goals, shares } = beliefs
  const after = shares.slice(1)
  return (
    <figure className="decisions">
      <h3>Which goal explains the actions so far</h3>
      <ShadeRows
        names={goals}
        shares={after}
        label={`Probability of each of ${goals.length} goals after each of ${after.length} steps; the numbers of the shown step are below`}
        marked={step - 1}
        onChoose={(column) => onStep(column + 1)}
      />
      <BeliefAt beliefs={beliefs} step={step} />
    </figure>
  )
}

const mostNamed = 3

function BeliefAt({ beliefs: { goals, shares }, step }: { readonly beliefs: GoalBeliefs; readonly step: number }) {
  const now = shares[step]
  if (step === 0 || now === undefined)
    return <figcaption>Before the first step all {goals.length} goals are equally likely.</figcaption>
  const likeliest = goals
    .map((name, goal) => ({ name, share: now[goal] ?? 0 }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, mostNamed)
  return (
    <figcaption>
      After step {step}: {likeliest.map(({ name, share }) => `${name} ${share.toFixed(2)}`).join(', ')}
      {goals.length > mostNamed && ' (the three likeliest)'}. Given an agent, from this episode alone; goals that lead
      to the same actions share the probability.
    </figcaption>
  )
}
