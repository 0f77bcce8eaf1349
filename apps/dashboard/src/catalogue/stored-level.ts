import type { ProtocolView } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import type { Game } from './game.ts'

/** A level as the tool `levels show` answers it. */
export type StoredLevel = {
  readonly hash: string
  readonly environment: string
  /** To edit by hand; null if the environment's levels have no drawing. */
  readonly drawing: string | null
  /** How many levels the suite has that it was read from; null if it was not. */
  readonly suiteLevels: number | null
  /** Null if this page does not know the environment. */
  readonly game: Game | null
}

/** The protocol that shows levels, if one does. */
export function levelProtocol(protocols: readonly ProtocolView[]): string | undefined {
  return protocols.find(({ tools }) => tools.some(({ group, name }) => group === 'levels' && name === 'show'))?.name
}

type Sent = Readonly<Record<string, unknown>>

export function readLevel({ hash, environment, parameters, level, drawing, suiteLevels }: Sent): StoredLevel {
  if (typeof hash !== 'string' || typeof environment !== 'string') throw new RangeError('The service sent no level')
  return {
    hash,
    environment,
    drawing: typeof drawing === 'string' ? drawing : null,
    suiteLevels: typeof suiteLevels === 'number' ? suiteLevels : null,
    game: gameOf(environment, parameters, level),
  }
}

function gameOf(name: string, given: unknown, json: unknown): Game | null {
  const environment = environments.get(name)
  if (environment === undefined) return null
  const parameters = environment.parameters.parse(given)
  return { environment, parameters, level: environment.levelFromJson(parameters, json), seed: 1 }
}
