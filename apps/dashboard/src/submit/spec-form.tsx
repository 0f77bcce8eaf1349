import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useMemo, useState } from 'react'
import { lazyComponent } from '../design/lazy-component.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { examples } from './examples.ts'
import { SchemaField } from './fields/schema-field.tsx'
import { FormContext, type Form } from './form.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { editSpec } from './spec-edit.ts'
import { issuesOf } from './spec-issues.ts'
import { SpecSections } from './spec-sections.tsx'
import { readSpec } from './spec-text.ts'
import { faultsOf, usePreview } from './use-preview.ts'

const SpecEditor = lazyComponent(async () => ({ default: (await import('./spec-editor.tsx')).SpecEditor }))

type Props = {
  readonly start: string
  /** The name of the example that it is; empty if it is none. */
  readonly example: string
}

/** The text is the one state: the form writes into it, and reads from it. */
export function SpecForm({ start, example }: Props) {
  const [text, setText] = useState(start)
  const [restarts, setRestarts] = useState(0)
  const read = useMemo(() => readSpec(text), [text])
  const preview = usePreview(text, read.faults.length === 0)
  const issues = useMemo(() => issuesOf(preview.error), [preview.error])
  const faults = useMemo(() => [...read.faults, ...faultsOf(issues, text)], [read, issues, text])
  const form = useMemo<Form>(
    () => ({ spec: read.value, issues, edit: (edit) => setText((now) => editSpec(now, edit)), Field: SchemaField }),
    [read, issues],
  )
  const restart = (chosen: string): void => {
    setText(chosen)
    setRestarts((before) => before + 1)
  }
  return (
    <>
      <StartingPoint example={example} onChoose={restart} />
      <div className="submit">
        <form onSubmit={(event) => event.preventDefault()} aria-label="Spec">
          {read.faults.length > 0 && <p className="problem">The YAML cannot be read: the form waits until it can.</p>}
          <fieldset disabled={read.faults.length > 0}>
            <FormContext value={form}>
              <PanelBoundary>
                {/* Another example is another form: nothing stays open or half typed. */}
                <SpecSections key={restarts} />
              </PanelBoundary>
            </FormContext>
          </fieldset>
        </form>
        <div className="submit-side">
          <Suspense fallback={<p className="spec-editor soft">Loading the editor…</p>}>
            <SpecEditor text={text} faults={faults} onChange={setText} />
          </Suspense>
          <PreviewPanel preview={preview} />
          <SubmitButton text={text} isFaulty={faults.length > 0} />
        </div>
      </div>
    </>
  )
}

/** Submits the text, and opens the experiment. */
function SubmitButton({ text, isFaulty }: { readonly text: string; readonly isFaulty: boolean }) {
  const { client } = useSession()
  const navigate = useNavigate()
  const submit = useMutation({
    mutationFn: () => client.submit(text),
    onSuccess: ({ experiment: { id } }) => navigate({ to: '/experiments/$id', params: { id } }),
  })
  return (
    <>
      {submit.isError && <ErrorPanel error={submit.error} title="It was not submitted" />}
      <button type="button" className="primary" disabled={isFaulty || submit.isPending} onClick={() => submit.mutate()}>
        {submit.isPending ? 'Submitting…' : 'Submit'}
      </button>
    </>
  )
}

type StartProps = { readonly example: string; readonly onChoose: (text: string) => void }

function StartingPoint({ example, onChoose }: StartProps) {
  const choose = (name: string): void => void examples.get(name)?.().then(onChoose)
  return (
    <label className="field">
      Start from an example
      <select defaultValue={example} onChange={({ target }) => choose(target.value)}>
        {example === '' && <option value="">…</option>}
        {[...examples.keys()].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}
