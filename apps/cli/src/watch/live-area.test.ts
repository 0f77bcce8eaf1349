import { Terminal as Screen } from '@xterm/headless'
import { expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { createLiveArea } from './live-area.ts'

/** A usual terminal with a live area. */
function openScreen(columns: number, rows: number) {
  const screen = new Screen({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true, convertEol: true })
  let pending = ''
  const area = createLiveArea({
    draw: (text) => (pending += text),
    screen: () => ({ columns: screen.cols, rows: screen.rows }),
    terminal: createTerminal({ columns, unicode: true, colour: false }),
  })
  const settle = async (): Promise<void> => {
    await new Promise<void>((resolve) => screen.write(pending, resolve))
    pending = ''
  }
  const text = (): string[] => {
    const { active } = screen.buffer
    const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '')
    return lines.filter((line) => line !== '')
  }
  return { screen, area, settle, text, scrolledOut: () => screen.buffer.active.baseY }
}

const frame = (count: number, width: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word} ${index} `.padEnd(width, 'x'))

test.each([
  [80, 24],
  [120, 40],
])(
  'on %i columns and %i rows no frame of any size goes into the scrollback or leaves a trace',
  async (columns, rows) => {
    const { area, settle, text, scrolledOut } = openScreen(columns, rows)
    for (const [index, count] of [3, rows * 3, 5, rows, rows - 1, 1].entries()) {
      area.show(frame(count, columns * 3, `frame${index}`))
      await settle()
      expect(text().every((line) => line.startsWith(`frame${index} `) && line.endsWith('…'))).toBe(true)
      expect(text()).toHaveLength(Math.min(count, rows - 1))
    }
    expect(scrolledOut()).toBe(0)
    area.clear()
    await settle()
    expect(text()).toEqual([])
  },
)

test('a window made smaller, narrower or wider shows the next frame alone', async () => {
  const { screen, area, settle, text } = openScreen(80, 24)
  area.show(frame(10, 80, 'before'))
  await settle()
  for (const [columns, rows] of [
    [50, 24],
    [50, 12],
    [100, 30],
  ] as const) {
    screen.resize(columns, rows)
    area.show(frame(rows * 2, 200, `at${columns}`))
    await settle()
    const { viewportY } = screen.buffer.active
    const visible = Array.from({ length: rows }, (_, y) =>
      screen.buffer.active.getLine(viewportY + y)?.translateToString(true),
    )
    expect(visible.filter((line) => line !== '' && line?.startsWith(`at${columns} `) !== true)).toEqual([])
  }
  area.clear()
  await settle()
  expect(text().filter((line) => line.startsWith('before'))).toEqual([])
})
