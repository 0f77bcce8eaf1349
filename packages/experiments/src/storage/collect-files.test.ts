import { expect, it } from 'vitest'
import type { FileRegister } from '../ports/file-register.ts'
import { collectFiles } from './collect-files.ts'

it('removes tasks and files although the retention rules cannot be applied, and says so at the end', async () => {
  const done: string[] = []
  const register: FileRegister = {
    beginCollection: async () => ({ id: 7, now: new Date(10_000) }),
    trim: () => Promise.reject(new Error('statement timeout')),
    removeTasks: async () => done.push('tasks'),
    releaseFiles: async () => void done.push('released'),
    async removeUnowned(hashes, remove) {
      for (const hash of hashes) await remove(hash)
      return [...hashes]
    },
    endCollection: async (id, { files, bytes }) => void done.push(`end of ${id}: ${files} files, ${bytes} bytes`),
  }
  const files = {
    async *list() {
      yield { hash: 'aa', bytes: 3, writtenAt: new Date(0) }
    },
    async remove(hash: string) {
      done.push(hash)
      return true
    },
  }
  const collecting = collectFiles({ register, files, graceMs: 1_000, intervalMs: 1_000 })
  await expect(collecting).rejects.toThrow('statement timeout')
  expect(done).toEqual(['tasks', 'released', 'aa', 'end of 7: 1 files, 3 bytes'])
})
