import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scanFolder } from './scan-folder.ts'
import { watchFolder } from './watch-folder.ts'
import { openWatchMemory } from './watch-memory.ts'

let folder: string
let state: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-watched-'))
  state = await mkdtemp(join(tmpdir(), 'goalpost-state-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  await rm(state, { recursive: true })
})

const write = (name: string, text: string) => writeFile(join(folder, name), text)

type Script = {
  readonly once?: boolean
  /** One for each pause; the watch ends after the last. */
  readonly during?: readonly (() => Promise<unknown>)[]
  readonly fail?: (name: string) => GoalpostError | null
}

/** A watch on a clock that only pauses move. */
async function watchOnce({ once = false, during = [], fail = () => null }: Script) {
  const memory = await openWatchMemory(state, { service: 'here', folder, model: 'mouse' })
  const registered: string[] = []
  const notes: string[] = []
  const left = [...during]
  let nowMs = 0
  const refused = await watchFolder({
    settleMs: 100,
    once,
    memory,
    scan: () => scanFolder(folder, '.onnx'),
    async register({ name }) {
      const error = fail(name)
      if (error !== null) throw error
      registered.push(`${name} ${await readFile(join(folder, name), 'utf8')}`)
      return { hash: 'a'.repeat(64), version: registered.length }
    },
    async pause(ms) {
      nowMs += ms
      const next = left.shift()
      await next?.()
      return once || next !== undefined
    },
    now: () => nowMs,
    onRefused: ({ name }, { message }) => void notes.push(`${name}: ${message}`),
    onOutage: ({ message }) => void notes.push(message),
  })
  return { registered, notes, refused }
}

const nothing = async () => undefined

test('files are registered once they have stopped growing, and only those with the ending', async () => {
  await write('a-1.onnx', 'one')
  await write('notes.txt', 'x')
  const during = [nothing, () => appendFile(join(folder, 'a-1.onnx'), ' more'), nothing, nothing, nothing]
  const { registered } = await watchOnce({ during })
  expect(registered).toEqual(['a-1.onnx one more'])
})

test('a restarted watch registers only what is new or has changed', async () => {
  await write('a-1.onnx', 'one')
  await write('a-2.onnx', 'two')
  expect((await watchOnce({ once: true })).registered).toEqual(['a-1.onnx one', 'a-2.onnx two'])
  expect((await watchOnce({ once: true })).registered).toEqual([])
  await write('a-1.onnx', 'another')
  await write('a-3.onnx', 'three')
  expect((await watchOnce({ once: true })).registered).toEqual(['a-1.onnx another', 'a-3.onnx three'])
})

test('while the service does not answer, files wait; the outage is reported once', async () => {
  await write('a-1.onnx', 'one')
  await write('a-2.onnx', 'two')
  let down = 5
  const outage = new GoalpostError('unavailable', 'Nothing answers')
  const { registered, notes } = await watchOnce({ once: true, fail: () => (down-- > 0 ? outage : null) })
  expect(registered).toEqual(['a-1.onnx one', 'a-2.onnx two'])
  expect(notes).toEqual(['Nothing answers'])
})

test('a file that is refused is reported, holds up no other, and is tried again once it has changed', async () => {
  await write('a-1.onnx', 'bad')
  await write('a-2.onnx', 'two')
  let fixed = false
  const fail = (name: string) =>
    name === 'a-1.onnx' && !fixed ? new GoalpostError('body-too-large', 'too large') : null
  const once = await watchOnce({ once: true, fail })
  expect(once).toEqual({ registered: ['a-2.onnx two'], notes: ['a-1.onnx: too large'], refused: 1 })
  const fix = async () => {
    fixed = true
    await write('a-1.onnx', 'good')
  }
  const during = [nothing, nothing, nothing, nothing, fix, nothing, nothing, nothing]
  expect(await watchOnce({ during, fail })).toEqual({
    registered: ['a-1.onnx good'],
    notes: ['a-1.onnx: too large'],
    refused: 0,
  })
})

test('a damaged memory is ignored: equal files are the same version anyway', async () => {
  await write('a-1.onnx', 'one')
  await watchOnce({ once: true })
  const path = join(state, 'watch')
  const [name = ''] = await readdir(path)
  await writeFile(join(path, name), '{"files": {"a-1.onnx"')
  expect((await watchOnce({ once: true })).registered).toEqual(['a-1.onnx one'])
})
