import { useEffect, useState } from 'react'

const shownMs = 2_000

/** Copies a text, and says whether the browser let it. */
export function CopyButton({ text, title }: { readonly text: string; readonly title: string }) {
  const [message, setMessage] = useState('')
  useEffect(() => {
    if (message === '') return
    const timer = setTimeout(() => setMessage(''), shownMs)
    return () => clearTimeout(timer)
  }, [message])
  const copy = (): void => {
    navigator.clipboard
      .writeText(text)
      .then(() => setMessage('Copied'))
      .catch(() => setMessage('Your browser allows no copying here: select it and copy it by hand'))
  }
  return (
    <>
      <button type="button" onClick={copy}>
        {title}
      </button>{' '}
      <span role="status" className="soft">
        {message}
      </span>
    </>
  )
}
