import type { GalleryPart, Picture } from '@goalpost/contracts'
import type { Terminal } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { displayWidth, pad, plain, truncate, wrap } from '../terminal/text.ts'

const gap = 4
const captionWidth = 28

/** Pictures side by side, as many as fit; each keeps its lines as they are. */
export function renderPictures(terminal: Terminal, pictures: readonly Picture[]): string[] {
  const frames = pictures.map((picture) => frame(terminal, picture))
  const rows: (typeof frames)[] = []
  let used = 0
  for (const current of frames) {
    const row = rows.at(-1)
    if (row === undefined || used + gap + current.width > terminal.columns) {
      rows.push([current])
      used = current.width
    } else {
      row.push(current)
      used += gap + current.width
    }
  }
  return rows.flatMap((row, index) => [...(index === 0 ? [] : ['']), ...besideEachOther(row)])
}

/** A gallery has its own title above its pictures. */
export function renderGallery(
  terminal: Terminal,
  { title, caption, textCaption = '', pictures }: GalleryPart,
): string[] {
  const { colours, columns } = terminal
  const text = [caption, textCaption].filter((sentence) => sentence !== '').join(' ')
  const note = text === '' ? [] : wrap(prose(terminal, text), columns).map(colours.dim)
  const body = pictures.length === 0 ? [colours.dim('none')] : ['', ...renderPictures(terminal, pictures)]
  return [colours.bold(plain(title)), ...note, ...body]
}

type Frame = { readonly width: number; readonly lines: readonly string[] }

function frame(terminal: Terminal, picture: Picture): Frame {
  const { colours, symbols, columns } = terminal
  const lines = picture.lines.map((line) => truncate(plain(line), columns, symbols.ellipsis))
  const width = Math.min(columns, Math.max(captionWidth, ...lines.map(displayWidth)))
  const caption = picture.caption === '' ? [] : wrap(prose(terminal, picture.caption), width).map(colours.dim)
  return { width, lines: [...wrap(plain(picture.title), width).map(colours.bold), ...lines, ...caption] }
}

function besideEachOther(frames: readonly Frame[]): string[] {
  const height = Math.max(...frames.map(({ lines }) => lines.length))
  return Array.from({ length: height }, (_, y) =>
    frames
      .map(({ lines, width }) => pad(lines[y] ?? '', width))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}
