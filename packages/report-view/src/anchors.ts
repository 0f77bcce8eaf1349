/** Gives each title an anchor that no other one on the page has, the same for the same page. */
export function createAnchors(): (title: string) => string {
  const given = new Map<string, number>()
  return (title) => {
    const slug = slugOf(title)
    const count = (given.get(slug) ?? 0) + 1
    given.set(slug, count)
    // Two hyphens: no slug holds them, so that a title that ends in a number is not taken for a second one.
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
