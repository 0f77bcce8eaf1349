import { useEffect, useRef, useState } from 'react'

/** The width in pixels that an element has now; letters of a drawing keep their size on any screen. */
export function useWidth<Element extends HTMLElement>(): readonly [React.RefObject<Element | null>, number] {
  const element = useRef<Element>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return [element, width]
}
