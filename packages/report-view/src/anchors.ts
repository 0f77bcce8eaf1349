/** Gives each title a unique anchor, the same whenever the page is the same. */
export function createAnchors(): (title: string) => string {
  const given = new Map<string, number>()
  return (title) => {
    const slug = slugOf(title)
    const count = (given.get(slug) ?? 0) + 1
    given.set(slug, count)
    // Two hyphens: no slug has them, so a title that ends in a number cannot look like a duplicate.
    return count === 1 ? slug : `${slug}--${count}`
  }
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}.]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return slug === '' ? 'part' : slug
}
