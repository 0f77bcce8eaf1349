import { useEffect, useRef } from 'react'
import { CopyButton } from '../design/copy-button.tsx'

type Props = {
  /** E.g. `The key nightly`. */
  readonly title: string
  readonly secret: string
  /** What the secret is. */
  readonly kind?: 'secret' | 'link'
  readonly onDone: () => void
}

/** A secret that is shown once. It has the focus, so that nobody misses it. */
export function SecretNotice({ title, secret, kind = 'secret', onDone }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [secret])
  return (
    <section className="panel secret" aria-label={title}>
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      <p>Copy the {kind} now: it is not stored, and cannot be shown again.</p>
      <pre tabIndex={0}>{secret}</pre>
      <p className="choices">
        <CopyButton text={secret} title={`Copy the ${kind}`} />
        <button type="button" onClick={onDone}>
          I have kept it
        </button>
      </p>
    </section>
  )
}
