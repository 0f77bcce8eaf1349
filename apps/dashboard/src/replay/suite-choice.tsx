import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'
import type { ReplayView } from './replay-view.ts'

type Props = {
  readonly id: string
  readonly view: ReplayView
  readonly onChoose: (suite: string) => void
}

/** The suites of the condition, with the first shifted one chosen. */
export function SuiteChoice({ id, view, onChoose }: Props) {
  const { client } = useSession()
  const { data } = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id) })
  const condition = data?.resolved.conditions.find(({ name }) => name === view.condition)
  const suites = suitesOf(condition?.options['suites'])
  if (suites.length === 0) return null
  const chosen = view.suite ?? (suites.find(({ role }) => role === 'shifted') ?? suites[0])?.name
  return (
    <label className="suite">
      Levels
      <select value={chosen} onChange={({ target }) => onChoose(target.value)}>
        {suites.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}

function suitesOf(option: unknown): { readonly name: string; readonly role: unknown }[] {
  if (!Array.isArray(option)) return []
  return option.flatMap((suite: unknown) =>
    typeof suite === 'object' && suite !== null && 'name' in suite
      ? [{ name: String(suite.name), role: 'role' in suite ? suite.role : null }]
      : [],
  )
}
