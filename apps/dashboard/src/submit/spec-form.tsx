import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useMemo, useState } from 'react'
import { lazyComponent } from '../design/lazy-component.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { examples } from './examples.ts'
import { GeneralFields } from './general-fields.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { propertiesOf, textOf } from './schema-field.ts'
import { SchemaFields } from './schema-fields.tsx'
import { changeSpec, readSpec, type SpecPath } from './spec-text.ts'
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
  const read = useMemo(() => readSpec(text), [text])
  const preview = usePreview(text, read.faults.length === 0)
  const faults = useMemo(() => [...read.faults, ...faultsOf(preview.error, text)], [read, preview.error, text])
  const change = (path: SpecPath, value: unknown): void => setText((now) => changeSpec(now, path, value))
  return (
    <>
      <StartingPoint example={example} onChoose={setText} />
      <div className="submit">
        <form onSubmit={(event) => event.preventDefault()} aria-label="Spec">
          {read.faults.length > 0 && <p className="problem">The YAML cannot be read: the form waits until it can.</p>}
          <fieldset disabled={read.faults.length > 0}>
            <GeneralFields spec={read.value} onChange={change} />
            <PanelBoundary>
              <OptionFields spec={read.value} onChange={change} />
            </PanelBoundary>
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

type OptionsProps = {
  readonly spec: Readonly<Record<string, unknown>>
  readonly onChange: (path: SpecPath, value: unknown) => void
}

/** The protocol's own options, by its schema. */
function OptionFields({ spec, onChange }: OptionsProps) {
  const { client } = useSession()
  const name = textOf(spec['protocol']) ?? ''
  const protocol = useQuery({
    queryKey: ['protocol', name],
    queryFn: () => client.protocol(name),
    staleTime: Infinity,
    enabled: name !== '',
    retry: false,
  })
  if (protocol.isLoading) return <p className="note">Loading the options…</p>
  if (protocol.data === undefined) return <p className="note">Choose a protocol to see its options.</p>
  return (
    <section aria-labelledby="options">
      <h2 id="options">Options</h2>
      <p className="note">Empty fields have the default that they show.</p>
      <SchemaFields
        properties={propertiesOf(protocol.data.optionsSchema)}
        path={['options']}
        value={spec['options']}
        onChange={onChange}
      />
    </section>
  )
}
