import type { AnchorName } from '@goalpost/evaluation'

/** What tables call an anchor. */
export function anchorTitle(name: AnchorName): string {
  return `· ${name === 'open-loop-proxy' ? 'open-loop, proxy' : name}`
}
