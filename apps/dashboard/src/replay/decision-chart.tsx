import { formatNumber } from '@goalpost/report-view'
import type { PlayedEpisode } from './play-episode.ts'
import type { Decisions } from './recorded-episode.ts'
import { cellWidth, ShadeRows } from './shade-rows.tsx'
import { ValueLine } from './value-line.tsx'

type Props = {
  readonly episode: PlayedEpisode
  readonly decisions: Decisions
  readonly step: number
  readonly onStep: (step: number) => void
}

/**
 * What the policy thought along the episode: the probability of each action as a shade, the chosen one framed, and below
 * them the critic's value. The numbers of the shown step are below in words.
 */
export function DecisionChart({ episode: { actionNames, steps }, decisions, step, onStep }: Props) {
  const { probabilities, values } = decisions
  const count = probabilities.length
  if (count === 0) return null
  return (
    <figure className="decisions">
      <h3>What the policy thought</h3>
      {/* Marked is the decision that is taken next. */}
      <ShadeRows
        names={actionNames}
        shares={probabilities}
        label={`Probability of each action at each of ${count} steps; the numbers of the shown step are below`}
        marked={step}
        isFramed={(at, action) => steps[at]?.action === actionNames[action]}
        onChoose={onStep}
      />
      {values.length > 0 && <ValueLine values={values} step={step} cell={cellWidth(count)} />}
      <ThoughtAt {...{ actionNames, decisions, step }} />
    </figure>
  )
}

type ThoughtProps = Pick<Props, 'decisions' | 'step'> & { readonly actionNames: readonly string[] }

function ThoughtAt({ actionNames, decisions: { probabilities, values }, step }: ThoughtProps) {
  const now = probabilities[step]
  if (now === undefined) return <figcaption>The episode has ended: there is nothing to decide.</figcaption>
  const value = values[step]
  const chances = actionNames.map((name, action) => `${name} ${formatNumber(now[action] ?? 0)}`).join(', ')
  return (
    <figcaption>
      Before step {step + 1}: {chances}
      {value !== undefined && `; value ${formatNumber(value)}`}. The action taken is framed.
    </figcaption>
  )
}
