import type { Quota, QuotaChange } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { quotaChangeOf, quotaTexts, type EditedTexts, type QuotaTexts } from './quota-texts.ts'

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
  /** The others are shown as they are. */
  const [edited, setEdited] = useState<EditedTexts>({})
  const texts = { ...quotaTexts(quota), ...edited }
  const change = quotaChangeOf(edited)
  const save = useMutation({
    mutationFn: (wanted: QuotaChange) => client.setQuota(workspace, wanted),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['workspaces'] })
      setEdited({})
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
              onChange={({ target }) => setEdited({ ...edited, [field]: target.value })}
            />
          </label>
        ))}
        <button type="submit" disabled={Object.keys(edited).length === 0 || change === null || save.isPending}>
          Set limits
        </button>
      </form>
      {save.isError && <ErrorPanel error={save.error} title="The limits were not changed" />}
    </>
  )
}
