import { aliasName, type ModelView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'

/** Points an alias, such as `production`, at a version; a name that is new becomes an alias. */
export function MoveAlias({ model: { name, aliases, latest } }: { readonly model: ModelView }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const may = useMay('submit')
  const [alias, setAlias] = useState('')
  const [version, setVersion] = useState('')
  const move = useMutation({
    mutationFn: () => client.moveAlias(name, alias, Number(version)),
    onSuccess: async () => {
      await Promise.all(
        ['model', 'versions', 'alias-moves'].map((query) => queries.invalidateQueries({ queryKey: [query, name] })),
      )
      setAlias('')
      setVersion('')
    },
  })
  if (!may || latest === null) return null
  const isValid = aliasName.safeParse(alias).success && Number.isInteger(Number(version)) && Number(version) >= 1
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isValid) move.mutate()
  }
  return (
    <>
      <form className="choices" aria-label="Move an alias" onSubmit={submit}>
        <label className="field">
          Alias
          <input
            required
            list="aliases"
            placeholder="production"
            value={alias}
            onChange={({ target }) => setAlias(target.value)}
          />
        </label>
        <datalist id="aliases">
          {aliases.map((each) => (
            <option key={each.name} value={each.name} />
          ))}
        </datalist>
        <label className="field">
          Version
          <input
            required
            type="number"
            min={1}
            max={latest.number}
            value={version}
            onChange={({ target }) => setVersion(target.value)}
          />
        </label>
        <button type="submit" disabled={!isValid || move.isPending}>
          Move it there
        </button>
      </form>
      {move.isError && <ErrorPanel error={move.error} title="The alias was not moved" />}
    </>
  )
}
