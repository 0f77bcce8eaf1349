import { useTitle } from '../shell/use-title.ts'
import { GateList } from './gate-list.tsx'

/** All gates of the workspace, each with its latest run. */
export function GatesPage() {
  useTitle('Gates')
  return (
    <article>
      <GateList title={<h1 id="gates">Gates</h1>} />
    </article>
  )
}
