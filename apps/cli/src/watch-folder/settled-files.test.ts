import { describe, expect, it, test } from 'vitest'
import { settledFiles, type FoundFile, type Sightings } from './settled-files.ts'
import { stepInName } from './step-in-name.ts'

test.each([
  ['policy-000200.onnx', 200],
  ['mouse_step200000.onnx', 200_000],
  ['step=12-epoch=3.onnx', 12],
  ['run7-Step 40 of 90.onnx', 40],
  ['2026-run3-checkpoint15.onnx', 15],
  ['v2.onnx', 2],
  ['policy.onnx', null],
  ['99999999999999999999.onnx', null],
])('the step of %s is %s', (name, step) => {
  expect(stepInName(name)).toBe(step)
})

describe('a file', () => {
  const file = (name: string, size = 3, mtimeMs = 1): FoundFile => ({ name, size, mtimeMs })
  /** Looks at these folders, one second after the other. */
  function looks(...folders: readonly (readonly FoundFile[])[]): string[][] {
    let before: Sightings = new Map()
    return folders.map((files, second) => {
      const done = new Map([['old', { size: 3, mtimeMs: 1 }]])
      const look = settledFiles({ files, before, done, nowMs: second * 1_000, settleMs: 2_000 })
      before = look.sightings
      return look.settled.map(({ name }) => name)
    })
  }

  it('has settled once it has looked the same for long enough', () => {
    expect(looks([file('a')], [file('a')], [file('a')])).toEqual([[], [], ['a']])
  })
  it('that grows, or is written again, has not', () => {
    expect(looks([file('a')], [file('a', 4)], [file('a', 4)], [file('a', 4, 2)])).toEqual([[], [], [], []])
  })
  it('that is empty, or done already, never has', () => {
    const folder = [file('a', 0), file('old')]
    expect(looks(folder, folder, folder, folder).flat()).toEqual([])
  })
  it('that was done and has changed since is not done', () => {
    const folder = [file('old', 5)]
    expect(looks(folder, folder, folder).at(-1)).toEqual(['old'])
  })
  it('with a lower step comes first', () => {
    const folder = ['b-10', 'a-9', 'c-9', 'none'].map((name) => file(name))
    expect(looks(folder, folder, folder).at(-1)).toEqual(['a-9', 'c-9', 'b-10', 'none'])
  })
})
