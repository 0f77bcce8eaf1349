import type { Quota, QuotaChange } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { quotaChangeOf, quotaTexts, type QuotaTexts } from './quota-texts.ts'

const titles = {
  cpuTasks: 'Tasks on processors',
  gpuTasks: 'Tasks on GPUs',
  unfinishedRuns: 'Unfinished runs',
  storageGigabytes: 'Storage in GB',
  weight: 'Share of slots, by weight',
} as const satisfies Record<keyof QuotaTexts, string>

/** Limits of one workspace; an empty field is no limit. */
export function QuotaForm({ workspace, quota }: { readonly workspace: string; readonly quota: Quota }) {
  const { client } = useSession()
  const queries = useQueryClient()
  /** Null while nothing is edited: then the limits as they are. */
  const [edited, setEdited] = useState<QuotaTexts | null>(null)
  const texts = edited ?? quotaTexts(quota)
  const change = quotaChangeOf(texts)
  const save = useMutation({
    mutationFn: (wanted: QuotaChange) => client.setQuota(workspace, wanted),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['workspaces'] })
      setEdited(null)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (change !== null) save.mutate(change)
  }
  return (
    <>
      <form className="choices" aria-label={`Limits of ${workspace}`} onSubmit={submit}>
        {(Object.keys(titles) as (keyof QuotaTexts)[]).map((field) => (
          <label key={field} className="field">
            {titles[field]}
            <input
              type="number"
              min={field === 'weight' ? 1 : 0}
              step={field === 'storageGigabytes' ? 'any' : 1}
              required={field === 'weight'}
              placeholder="no limit"
              value={texts[field]}
              onChange={({ target }) => setEdited({ ...texts, [field]: target.value })}
            />
          </label>
        ))}
        <button type="submit" disabled={edited === null || change === null || save.isPending}>
          Set limits
        </button>
      </form>
      {save.isError && <ErrorPanel error={save.error} title="The limits were not changed" />}
    </>
  )
}
