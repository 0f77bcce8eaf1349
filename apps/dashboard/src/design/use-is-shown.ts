import { useSyncExternalStore } from 'react'

function watchTab(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}

/** Whether the tab is in view: in the background, nothing needs to move. */
export function useIsShown(): boolean {
  return useSyncExternalStore(watchTab, () => !document.hidden)
}
