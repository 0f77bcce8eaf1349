import { useEffect, useState } from 'react'
import { relativeTime } from './format-time.ts'

const refreshMs = 15_000

/** How long ago; the exact time on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), refreshMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {relativeTime(Date.parse(at), now)}
    </time>
  )
}
