import { sampleFile, type Sample, type SampleFile } from '@goalpost/contracts'
import { formatNumber } from '@goalpost/report-view'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useKeys } from '../design/use-keys.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { SampleChoices } from './sample-choices.tsx'
import { orderedSamples, type SampleView } from './sample-view.ts'
import './samples.css'

type Props = {
  /** Of the file of samples. */
  readonly hash: string
  readonly view: SampleView
  readonly onShow: (change: Partial<SampleView>) => void
}

/** What a model was asked, one by one, with what it made of it. */
export function SamplesPanel({ hash, view, onShow }: Props) {
  const { client } = useSession()
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['samples', hash],
    queryFn: async () => {
      const { bytes } = await client.artifact(hash)
      return sampleFile.parse(JSON.parse(new TextDecoder().decode(bytes)))
    },
    // A file never changes.
    staleTime: Infinity,
  })
  if (isPending) return <p className="note">Loading the samples…</p>
  if (data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  return (
    <section aria-labelledby="samples">
      <h2 id="samples">Samples</h2>
      <Samples file={data} view={view} onShow={onShow} />
    </section>
  )
}

function Samples({ file, view, onShow }: Omit<Props, 'hash'> & { readonly file: SampleFile }) {
  const ordered = useMemo(() => orderedSamples(file, view), [file, view])
  const place = Math.min(view.sample ?? 0, Math.max(0, ordered.length - 1))
  const sample = ordered[place]
  const go = (next: number): void => {
    if (next >= 0 && next < ordered.length) onShow({ sample: next })
  }
  useKeys((key) => {
    if (key !== 'n' && key !== 'p') return false
    go(place + (key === 'n' ? 1 : -1))
    return true
  })
  return (
    <>
      <SampleChoices file={file} view={view} onShow={onShow} />
      <p className="episode-choice">
        <button type="button" disabled={place === 0} onClick={() => go(place - 1)}>
          Previous sample
        </button>
        <span role="status">
          Sample {sample === undefined ? 0 : place + 1} of {ordered.length}
        </span>
        <button type="button" disabled={place + 1 >= ordered.length} onClick={() => go(place + 1)}>
          Next sample
        </button>
      </p>
      {sample === undefined ? (
        <p className="none">There is no sample of this kind.</p>
      ) : (
        <SampleText sample={sample} numbers={file.numbers} />
      )}
      <p className="note">Keys: n and p for the next and previous sample. The address shows this sample again.</p>
    </>
  )
}

function SampleText({ sample, numbers }: { readonly sample: Sample; readonly numbers: readonly string[] }) {
  const { group, input, answers, values } = sample
  return (
    <article className="sample" aria-label="Sample">
      <p className="eyebrow">{group}</p>
      <blockquote>{input}</blockquote>
      <dl>
        {answers.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{text}</code>
            </dd>
          </div>
        ))}
        {numbers.map((name, index) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="number">
              {formatNumber(values[index] ?? 0)} <meter min={0} max={1} value={values[index] ?? 0} aria-label={name} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
