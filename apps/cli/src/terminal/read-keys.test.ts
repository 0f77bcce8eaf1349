import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { readKeys } from './read-keys.ts'

async function keysOf(...written: string[]) {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => void modes.push(raw) })
  const keys = readKeys(input)
  const first = keys.next()
  for (const text of written) input.write(text)
  const read: string[] = []
  for (let next = await first; next.done !== true; next = await keys.next()) read.push(next.value)
  return { read, modes }
}

test('arrows, letters, digits and space have names, and Ctrl-C ends the input in the mode it had', async () => {
  const { read, modes } = await keysOf('\u001b[A', '\u001b[D', 'w', '3', ' ', '\u0003', 'q')
  expect(read).toEqual(['up', 'left', 'w', '3', 'space'])
  expect(modes).toEqual([true, false])
})

test('many keys in one piece are read one by one', async () => {
  expect((await keysOf('wa\u001b[C\u0004')).read).toEqual(['w', 'a', 'right'])
})
