import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chatReply, type ChatReply } from '@goalpost/contracts'

/** Answers by the hash of what was asked. */
export type AnswerFiles = {
  read(key: string): Promise<ChatReply | null>
  write(key: string, reply: ChatReply): Promise<void>
}

/** Nothing is kept. */
export const noAnswerFiles: AnswerFiles = { read: async () => null, write: async () => undefined }

/** One file for each answer. A damaged file counts as none. */
export function answerFilesIn(folder: string): AnswerFiles {
  // A thousand files in one folder are slow to list.
  const pathOf = (key: string) => join(folder, key.slice(0, 2), `${key}.json`)
  return {
    async read(key) {
      const text = await readFile(pathOf(key), 'utf8').catch(() => null)
      if (text === null) return null
      try {
        return chatReply.parse(JSON.parse(text))
      } catch {
        return null
      }
    },
    async write(key, reply) {
      const path = pathOf(key)
      const unfinished = `${path}.${randomUUID()}`
      await mkdir(join(folder, key.slice(0, 2)), { recursive: true })
      await writeFile(unfinished, JSON.stringify(reply), { mode: 0o600 })
      await rename(unfinished, path)
    },
  }
}
