import { environments } from '@goalpost/environments'
import type { GoalBeliefs } from './goal-beliefs.ts'
import type { RecordedEpisode } from './recorded-episode.ts'
import { ShadeRows } from './shade-rows.tsx'
import { useGoalBeliefs } from './use-goal-beliefs.ts'

type Props = {
  readonly recorded: RecordedEpisode
  readonly step: number
  readonly onStep: (step: number) => void
}

/** Which goal explains the actions so far, along the episode; nothing in worlds without candidate goals. */
export function BeliefChart(props: Props) {
  const hasGoals = environments.get(props.recorded.environment)?.agency !== undefined
  return hasGoals ? <InferredBeliefs {...props} /> : null
}

function InferredBeliefs({ recorded, step, onStep }: Props) {
  const answer = useGoalBeliefs(recorded)
  if (answer.type === 'progress')
    return <p className="note">Inferring which goal explains the actions: {Math.floor(100 * answer.share)} %</p>
  if (answer.type === 'failed')
    return (
      <p role="alert" className="problem">
        Which goal explains the actions could not be inferred: {answer.message}
      </p>
    )
  return answer.beliefs === null ? null : <BeliefFigure beliefs={answer.beliefs} step={step} onStep={onStep} />
}

type Figure = Omit<Props, 'recorded'> & { readonly beliefs: GoalBeliefs }

function BeliefFigure({ beliefs, step, onStep }: Figure) {
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
