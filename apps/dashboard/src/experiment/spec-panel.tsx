import type { ExperimentView } from '@goalpost/contracts'
import { Folded } from '../design/folded.tsx'
import { ManifestList } from './manifest-list.tsx'
import { SpecComparison } from './spec-comparison.tsx'

type Props = {
  readonly experiment: ExperimentView
  /** The experiment whose spec is compared; null for none. */
  readonly against: string | null
  readonly onCompare: (id: string | null) => void
}

/** The spec as sent and with every default filled in, what computed it, and what another experiment did otherwise. */
export function SpecPanel({ experiment, against, onCompare }: Props) {
  const { spec, resolved, resultHash } = experiment
  return (
    <section aria-labelledby="spec">
      <h2 id="spec">How it was run</h2>
      {resultHash !== null && (
        <p className="note">
          Result hash <code>{resultHash}</code>: equal specs, seeds and engines give the same.
        </p>
      )}
      <Folded title="The spec as sent">{() => <Json value={spec} />}</Folded>
      <Folded title="The spec with all defaults">{() => <Json value={resolved} />}</Folded>
      <Folded title="Software and machines">{() => <ManifestList experiment={experiment} />}</Folded>
      <Folded title="Differences to another experiment" isOpenAtFirst={against !== null}>
        {() => <SpecComparison experiment={experiment} against={against} onCompare={onCompare} />}
      </Folded>
    </section>
  )
}

function Json({ value }: { readonly value: unknown }) {
  return <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
}
