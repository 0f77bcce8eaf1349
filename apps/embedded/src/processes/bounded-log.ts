import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

export type BoundedLog = {
  write(chunk: Uint8Array): void
  line(text: string): void
  /** The last lines written by this process, oldest first. */
  tail(): readonly string[]
  close(): void
}

const tailLines = 20

/**
 * Appends to a file of at most `maxBytes`, which is then renamed to FILE.1. A
 * full disk loses lines but does not stop the service.
 */
export function openBoundedLog(file: string, maxBytes = 10 * 1024 * 1024): BoundedLog {
  let descriptor: number | null = openSync(file, 'a', 0o600)
  let size = statSync(file).size
  const recent = keepTail()

  function rotate(): void {
    if (descriptor !== null) closeSync(descriptor)
    renameSync(file, `${file}.1`)
    descriptor = openSync(file, 'a', 0o600)
    size = 0
  }

  function write(chunk: Uint8Array): void {
    recent.add(chunk)
    if (descriptor === null) return
    try {
      if (size > 0 && size + chunk.length > maxBytes) rotate()
      size += writeSync(descriptor, chunk)
    } catch {
      return
    }
  }

  return {
    write,
    line: (text) => write(Buffer.from(`${new Date().toISOString()} ${text}\n`)),
    tail: recent.lines,
    close() {
      if (descriptor !== null) closeSync(descriptor)
      descriptor = null
    },
  }
}

function keepTail() {
  const decoder = new StringDecoder('utf8')
  let kept: string[] = []
  let rest = ''
  return {
    add(chunk: Uint8Array): void {
      const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n')
      rest = lines.pop() ?? ''
      kept = [...kept, ...lines.filter((line) => line.trim() !== '')].slice(-tailLines)
    },
    lines: (): readonly string[] => (rest.trim() === '' ? kept : [...kept, rest]),
  }
}
