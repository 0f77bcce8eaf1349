import { formatNumber } from '@goalpost/report-view'
import type { PlayedEpisode } from './play-episode.ts'
import type { Decisions } from './recorded-episode.ts'
import { ValueLine } from './value-line.tsx'

type Props = {
  readonly episode: PlayedEpisode
  readonly decisions: Decisions
  readonly step: number
  readonly onStep: (step: number) => void
}

/** Height of one action's row, in pixels. */
const row = 18
/** At most, in pixels. */
const widestCell = 18
const widest = 560

/**
 * What the policy thought along the episode: the probability of each action as a shade, the chosen one framed, and below
 * them the critic's value. The numbers of the shown step are beside it in words.
 */
export function DecisionChart({ episode: { actionNames, steps }, decisions, step, onStep }: Props) {
  const { probabilities, values } = decisions
  const count = probabilities.length
  if (count === 0) return null
  const cell = Math.min(widestCell, widest / count)
  const width = cell * count
  const height = row * actionNames.length
  return (
    <figure className="decisions">
      <h3>What the policy thought</h3>
      <div className="decision-rows">
        <ul aria-hidden="true">
          {actionNames.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="img"
          aria-label={`Probability of each action at each of ${count} steps; the numbers of the shown step are below`}
          onClick={({ currentTarget, clientX }) => {
            const { left, width: drawn } = currentTarget.getBoundingClientRect()
            onStep(Math.min(count, Math.max(0, Math.floor(((clientX - left) / drawn) * count))))
          }}
        >
          {probabilities.map((each, at) =>
            each.map((probability, action) => (
              <rect
                // Steps and actions have no identity but their place.
                key={`${at} ${action}`}
                className={steps[at]?.action === actionNames[action] ? 'probability taken' : 'probability'}
                x={at * cell}
                y={action * row + 1}
                width={Math.max(1, cell - 1)}
                height={row - 2}
                fillOpacity={probability}
              />
            )),
          )}
          <Marker step={step} count={count} cell={cell} height={height} />
        </svg>
      </div>
      {values.length > 0 && <ValueLine values={values} step={step} cell={cell} />}
      <ThoughtAt {...{ actionNames, decisions, step }} />
    </figure>
  )
}

type MarkerProps = { readonly step: number; readonly count: number; readonly cell: number; readonly height: number }

/** The decision that is taken next. */
function Marker({ step, count, cell, height }: MarkerProps) {
  if (step >= count) return null
  return <rect className="marker" x={step * cell - 0.5} y={0.5} width={cell} height={height - 1} />
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
