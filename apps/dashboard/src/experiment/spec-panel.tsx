import type { ExperimentView } from '@goalpost/contracts'

/** The spec as sent, and with every default filled in. */
export function SpecPanel({ experiment: { spec, resolved, resultHash } }: { readonly experiment: ExperimentView }) {
  return (
    <section aria-labelledby="spec">
      <h2 id="spec">How it was run</h2>
      {resultHash !== null && (
        <p className="note">
          Result hash <code>{resultHash}</code>: equal specs, seeds and engines give the same.
        </p>
      )}
      <Folded title="The spec as sent" value={spec} />
      <Folded title="The spec with all defaults" value={resolved} />
    </section>
  )
}

function Folded({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  )
}
