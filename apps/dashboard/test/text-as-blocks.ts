/**
 * For pictures that are equal on all machines, which have other fonts: runs in a page and draws each word as a block of
 * its number of letters, in its colour, and each text of a drawing as a dot at its place.
 */
export function drawTextAsBlocks(): void {
  const style = document.createElement('style')
  style.textContent = `
    * { line-height: 20px !important; }
    body *:not(svg *) { vertical-align: top !important; }
    summary { list-style: none; }
    meter { visibility: hidden; }
    .letters { display: inline-block; max-width: 100%; height: 0.7em; margin: 0 0.25em 0 0; background: currentColor; }`
  document.head.append(style)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  for (const text of texts) {
    if (text.parentElement?.closest('svg') !== null) continue
    const isDrawn = text.parentElement?.closest('pre') !== null
    const words = text.data
      .split(isDrawn ? /([^\S\n]+|\n)/ : /\s+/)
      .filter((word) => word.trim() !== '' || word === '\n')
    text.replaceWith(
      ...words.map((word) => {
        if (word === '\n') return document.createTextNode(word)
        const block = document.createElement('i')
        block.className = 'letters'
        block.style.width = `${word.length / 2}em`
        return block
      }),
    )
  }
  for (const text of document.querySelectorAll('svg text')) {
    const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle')
    for (const name of ['class', 'transform']) dot.setAttribute(name, text.getAttribute(name) ?? '')
    dot.setAttribute('cx', text.getAttribute('x') ?? '0')
    dot.setAttribute('cy', text.getAttribute('y') ?? '0')
    dot.setAttribute('r', '3')
    dot.style.fill = getComputedStyle(text).fill
    text.replaceWith(dot)
  }
}
