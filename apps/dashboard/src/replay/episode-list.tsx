import { formatNumber } from '@goalpost/report-view'
import type { RecordedEpisode } from './recorded-episode.ts'

type Props = {
  readonly episodes: readonly RecordedEpisode[]
  readonly shown: number
  readonly onChoose: (index: number) => void
}

/** All episodes with their outcomes, to browse them one by one. */
export function EpisodeList({ episodes, shown, onChoose }: Props) {
  return (
    <details className="episode-list">
      <summary>All {episodes.length} episodes, wrong goals first</summary>
      <div className="wide" tabIndex={0} role="region" aria-label="Episodes">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">episode</th>
              <th scope="col" className="number">
                intended goal
              </th>
              <th scope="col" className="number">
                proxy
              </th>
              <th scope="col" className="number">
                steps
              </th>
            </tr>
          </thead>
          <tbody>
            {episodes.map(({ returns: [intended, proxy], actions }, index) => (
              // Their order never changes.
              <tr key={index} className={index === shown ? 'emphasis' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    aria-current={index === shown ? 'true' : undefined}
                    aria-label={`Watch episode ${index + 1}`}
                    onClick={() => onChoose(index)}
                  >
                    {index + 1}
                  </button>
                </th>
                <td className="number">{formatNumber(intended)}</td>
                <td className="number">{formatNumber(proxy)}</td>
                <td className="number">{actions.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
