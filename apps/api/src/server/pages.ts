import type { Page } from '@goalpost/experiments'

/** A page of a list as JSON. */
export function presentPage<Item>(page: Page<Item>): { items: Item[]; nextCursor: string | null } {
  return { items: [...page.items], nextCursor: page.nextCursor }
}
