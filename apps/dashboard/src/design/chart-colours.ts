import { useSyncExternalStore } from 'react'

/** As many as the report's style sheet has. */
export const chartColours = 8
/** The second channel beside colour; in pixels of line and gap. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [9, 3, 2, 3],
  [14, 4],
  [4, 4],
  [1, 5],
  [9, 3, 2, 3, 2, 3],
]

const dark = matchMedia('(prefers-color-scheme: dark)')

/** Whether the system asks for dark colours, now and after it changes. */
export function useIsDark(): boolean {
  return useSyncExternalStore(
    (changed) => {
      dark.addEventListener('change', changed)
      return () => dark.removeEventListener('change', changed)
    },
    () => dark.matches,
  )
}

/** The style sheet's colours by name, e.g. `--c0`, as a canvas takes them: it cannot read `light-dark()`. */
export function readColours<Name extends string>(within: HTMLElement, names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('span')
  within.append(probe)
  const read = names.map((name) => {
    probe.style.color = `var(${name})`
    return [name, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return Object.fromEntries(read) as Record<Name, string>
}
