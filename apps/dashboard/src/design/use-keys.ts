import { useEffect } from 'react'

/** Handles keys of the page. It returns whether the key meant something. Fields and pressed buttons keep theirs. */
export function useKeys(press: (key: string) => boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target, key } = event
      const isElement = target instanceof HTMLElement
      const writes = isElement && target.closest('select, textarea, input:not([type=range])') !== null
      const presses = key === ' ' && isElement && target.closest('button, a, summary') !== null
      if (writes || presses || event.ctrlKey || event.metaKey || event.altKey) return
      if (press(key)) event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  })
}
