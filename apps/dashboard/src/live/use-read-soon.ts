import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'

/**
 * Has queries read again after a pause: thousands of changes a minute cause one read in each. In a hidden tab they are read when
 * it is shown again.
 */
export function useReadSoon(names: readonly string[], pauseMs: number, id?: string): () => void {
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const key = names.join(' ')
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [key, id],
  )
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      const refetchType = document.hidden ? 'none' : 'active'
      for (const name of key.split(' '))
        void queries.invalidateQueries({ queryKey: id === undefined ? [name] : [name, id], refetchType })
    }, pauseMs)
  }, [queries, key, id, pauseMs])
}
