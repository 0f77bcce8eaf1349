import type { Tone } from '@goalpost/contracts'

/** A shape for each tone, since colours alone do not tell them apart for everyone. */
const shapes: Readonly<Record<Tone, string>> = {
  good: 'M3 8.5l3.2 3.2L13 4.5',
  bad: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.5l6 11H2zM8 7v3M8 11.6v.4',
  neutral: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9',
}

export function ToneIcon({ tone }: { readonly tone: Tone }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[tone]} />
    </svg>
  )
}
