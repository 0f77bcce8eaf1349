import type { TablePart } from '@goalpost/contracts'
import { tableText } from '@goalpost/report-view'
import { useEffect, useState } from 'react'
import { downloadText } from '../design/download-text.ts'

const shownMs = 2_000

/** Takes a table along: into a spreadsheet, a paper, or a program. */
export function TableActions({ part }: { readonly part: TablePart }) {
  const [message, setMessage] = useState('')
  useEffect(() => {
    if (message === '') return
    const timer = setTimeout(() => setMessage(''), shownMs)
    return () => clearTimeout(timer)
  }, [message])
  const copy = (format: 'tsv' | 'markdown'): void => {
    navigator.clipboard
      .writeText(tableText(part, format))
      .then(() => setMessage('Copied'))
      .catch(() => setMessage('Your browser allows no copying here: download it'))
  }
  const download = (): void =>
    downloadText(tableText(part, 'csv'), { name: `${fileName(part.title)}.csv`, mediaType: 'text/csv' })
  return (
    <p className="table-actions">
      <button type="button" onClick={() => copy('tsv')} aria-label={`Copy ${part.title}`}>
        Copy
      </button>
      <button type="button" onClick={() => copy('markdown')} aria-label={`Copy Markdown of ${part.title}`}>
        Copy Markdown
      </button>
      <button type="button" onClick={download} aria-label={`CSV of ${part.title}`}>
        CSV
      </button>
      <span role="status" className="soft">
        {message}
      </span>
    </p>
  )
}

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}.]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
