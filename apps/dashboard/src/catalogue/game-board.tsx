import type { Environment } from '@goalpost/environments'
import { useMemo, useState } from 'react'
import { drawGame } from './game.ts'
import { LevelGame } from './level-game.tsx'

/** Levels to play: see what the agent sees, and what each goal pays for it. */
export function GameBoard({ environment }: { readonly environment: Environment }) {
  const [distribution, setDistribution] = useState(environment.distributions[0]?.name ?? '')
  const [number, setNumber] = useState(1)
  const game = useMemo(() => drawGame(environment, distribution, number), [environment, distribution, number])
  return (
    <>
      <p className="choices">
        <label className="field">
          Levels
          <select value={distribution} onChange={({ target }) => setDistribution(target.value)}>
            {environment.distributions.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => setNumber(number + 1)}>
          Another level
        </button>
      </p>
      <p className="note">{environment.distributions.find(({ name }) => name === distribution)?.description}</p>
      <LevelGame key={`${distribution} ${number}`} game={game} />
    </>
  )
}
