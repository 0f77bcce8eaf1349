import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyComponent } from '../design/lazy-component.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { examples } from './examples.ts'
import { FormContext } from './form.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { SpecSections } from './spec-sections.tsx'
import { useSpecForm } from './use-spec-form.ts'

const SpecEditor = lazyComponent(async () => ({ default: (await import('./spec-editor.tsx')).SpecEditor }))

type Props = {
  readonly start: string
  /** The name of the example that it is; empty if it is none. */
  readonly example: string
}

/** A spec as a form, with its YAML beside it and what it would run. */
export function SpecForm({ start, example }: Props) {
  const { text, isReadable, preview, faults, form, restarts, setText, restart } = useSpecForm(start)
  return (
    <>
      <PanelBoundary>
        <StartingPoint example={example} onChoose={restart} />
      </PanelBoundary>
      <div className="submit">
        <form onSubmit={(event) => event.preventDefault()} aria-label="Spec">
          {!isReadable && <p className="problem">The YAML cannot be read: the form waits until it can.</p>}
          <fieldset disabled={!isReadable}>
            <FormContext value={form}>
              <PanelBoundary>
                {/* Another example is another form: nothing stays open or half typed. */}
                <SpecSections key={restarts} />
              </PanelBoundary>
            </FormContext>
          </fieldset>
        </form>
        <div className="submit-side">
          <PanelBoundary>
            <Suspense fallback={<p className="spec-editor soft">Loading the editor…</p>}>
              <SpecEditor text={text} faults={faults} onChange={setText} />
            </Suspense>
          </PanelBoundary>
          <PanelBoundary>
            <PreviewPanel preview={preview} />
          </PanelBoundary>
          <PanelBoundary>
            <SubmitButton text={text} isFaulty={faults.length > 0} />
          </PanelBoundary>
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
