import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

type Props = {
  /** Within the dashboard. */
  readonly href: string
  /** It is pointed at: what follows can be prepared. */
  readonly onIntent?: () => void
  readonly className?: string
  readonly title?: string
  readonly children: ReactNode
}

/** A link for long lists. `Link` follows the router's state, to know whether it is the current page, which adds up over many rows. */
export function RowLink({ href, onIntent, className, title, children }: Props) {
  const router = useRouter()
  const open = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    router.history.push(href)
  }
  return (
    <a href={href} onClick={open} onPointerEnter={onIntent} onFocus={onIntent} className={className} title={title}>
      {children}
    </a>
  )
}
