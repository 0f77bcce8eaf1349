/** As in goalpost.svg, the icon of the tab. Drawn in the page: a picture file is a document of its own, which delays the first rows. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <path d="M5 27V7h22v20" className="logo-posts" />
      <circle cx="20" cy="21" r="4.5" className="logo-ball" />
    </svg>
  )
}
