import type { AnchorName } from '@goalpost/evaluation'

/** Name of a reference policy in tables. */
export function referenceTitle(name: AnchorName): string {
  return `· ${name.replace(/^open-loop-/, 'open-loop, ')}`
}
