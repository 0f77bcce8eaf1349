import { useMemo } from 'react'
import { drawGame, findEnvironment, playGame } from './game.ts'

type Props = {
  readonly name: string
  /** For what this page cannot draw: the picture of terminals. */
  readonly lines: readonly string[]
}

const shownLevel = 1

/** A level of an environment, or the entry's own small picture. */
export function EntryPicture({ name, lines }: Props) {
  const markup = useMemo(() => {
    const environment = findEnvironment(name)
    const [first] = environment?.distributions ?? []
    if (environment === undefined || first === undefined) return null
    return { __html: playGame(drawGame(environment, first.name, shownLevel), []).drawing }
  }, [name])
  // Drawn by the environments' own code, which escapes all text.
  if (markup !== null) return <div className="drawing" dangerouslySetInnerHTML={markup} />
  return lines.length === 0 ? null : <pre aria-hidden="true">{lines.join('\n')}</pre>
}
