import type { AnchorName } from '@goalpost/evaluation'

/** What tables call an anchor. */
export function anchorTitle(name: AnchorName): string {
  return `· ${name.replace(/^open-loop-/, 'open-loop, ')}`
}
