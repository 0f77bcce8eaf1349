import { Link } from '@tanstack/react-router'
import { useTitle } from './use-title.ts'

export function MissingPage() {
  useTitle('Not found')
  return (
    <section className="panel">
      <h1>There is no such page</h1>
      <p>
        <Link to="/experiments">All experiments</Link>
      </p>
    </section>
  )
}
