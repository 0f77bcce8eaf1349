import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type RefObject } from 'react'

/** For a row of links that a narrow screen scrolls sideways: brings the current page's into view. `drawn` changes when links appear. */
export function useCurrentShown(drawn?: unknown): RefObject<HTMLElement | null> {
  const links = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    links.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname, drawn])
  return links
}
