import { vi } from 'vitest'

/** A tab of a browser, as far as it can be hidden. `vi.unstubAllGlobals` takes it away. */
export function stubTab(): { show(isShown: boolean): void } {
  const page = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('document', page)
  return {
    show(isShown) {
      page.hidden = !isShown
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}
