import type { Environment } from '@goalpost/environments'
import { formatNumber } from '@goalpost/report-view'
import { useMemo, useState, type ReactNode } from 'react'
import { useKeys } from '../design/use-keys.ts'
import { actionOf, playGame, type Game, type Position } from './game.ts'
import { observe } from './observation.ts'
import { ObservationView } from './observation-view.tsx'

/** One level, played with buttons or keys. Another level needs another `key`. */
export function LevelGame({ game }: { readonly game: Game }) {
  const { environment } = game
  const [actions, setActions] = useState<readonly number[]>([])
  const position = useMemo(() => playGame(game, actions), [game, actions])
  const observation = useMemo(() => observe(game, actions), [game, actions])
  const act = (action: number): void => {
    if (!position.hasEnded) setActions([...actions, action])
  }
  useKeys((key) => {
    const action = actionOf(environment, key)
    if (action !== null) act(action)
    return action !== null
  })
  return (
    <section aria-label="A level to play" className="game">
      <div className="board">
        {/* Drawn by the environments' own code, which escapes all text. */}
        <div className="drawing" dangerouslySetInnerHTML={{ __html: position.drawing }} />
        <ActionButtons environment={environment} isOver={position.hasEnded} onAct={act}>
          <button type="button" disabled={actions.length === 0} onClick={() => setActions([])}>
            Start again
          </button>
        </ActionButtons>
      </div>
      <div className="board-side">
        <Score position={position} />
        <ObservationView observation={observation} />
      </div>
    </section>
  )
}

function Score({ position: { returns, steps, hasEnded } }: { readonly position: Position }) {
  return (
    <div role="status" className="score">
      <p>
        Step {steps}
        {hasEnded && '. The episode has ended.'}
      </p>
      <dl>
        {returns.map(({ goal, value }) => (
          <div key={goal}>
            <dt>{goal}</dt>
            <dd className="number">{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="note">Discounted return of each goal; the first is the intended one.</p>
    </div>
  )
}

type ButtonsProps = {
  readonly environment: Environment
  readonly isOver: boolean
  readonly onAct: (action: number) => void
  /** A button beside them. */
  readonly children: ReactNode
}

function ActionButtons({ environment: { actions }, isOver, onAct, children }: ButtonsProps) {
  return (
    <>
      <p className="choices">
        {actions.map(({ name, description }, index) => (
          <button key={name} type="button" title={description} disabled={isOver} onClick={() => onAct(index)}>
            {name}
          </button>
        ))}
        {children}
      </p>
      <p className="note">Keys: arrows; digits for actions in their order, 0 to stay.</p>
    </>
  )
}
