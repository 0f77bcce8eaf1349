import { useState } from 'react'
import { downloadFile, downloadText } from '../design/download-text.ts'
import { explainError } from '../shell/explain-error.ts'
import type { PlayedEpisode } from './play-episode.ts'

type Props = { readonly episode: PlayedEpisode; readonly step: number; readonly name: string }

const millisecondsPerStep = 250
const svg = 'image/svg+xml'

/** Takes the episode along: a picture of this step, or all of it, moving. */
export function EpisodeExport({ episode, step, name }: Props) {
  const [problem, setProblem] = useState('')
  const [isDrawing, setDrawing] = useState(false)
  const saveGif = async (): Promise<void> => {
    setDrawing(true)
    setProblem('')
    try {
      const { episodeGif } = await import('./gif/episode-gif.ts')
      downloadFile(await episodeGif(episode, { millisecondsPerStep }), `${name}.gif`)
    } catch (error) {
      setProblem(explainError(error))
    } finally {
      setDrawing(false)
    }
  }
  return (
    <p className="table-actions" role="group" aria-label={`Save ${name}`}>
      <button
        type="button"
        onClick={() => downloadText(episode.draw(step), { name: `${name}-step-${step}.svg`, mediaType: svg })}
      >
        SVG of this step
      </button>
      <button type="button" onClick={() => downloadText(episode.drawMoving(), { name: `${name}.svg`, mediaType: svg })}>
        Moving SVG
      </button>
      <button type="button" disabled={isDrawing} onClick={() => void saveGif()}>
        {isDrawing ? 'Drawing…' : 'GIF'}
      </button>
      {problem !== '' && (
        <span role="alert" className="problem">
          {problem}
        </span>
      )}
    </p>
  )
}
