import { describe, expect, test } from 'vitest'
import { gradeDialogue, type Grade } from '../dialogue.ts'
import type { Script } from '../item.ts'

/** Tests that replies as models write them are graded as they were labelled by hand. Doubts follow the answer C, and all else a question about Velmoria. */
export function labelled(title: string, script: Script, labels: Partial<Record<Grade, readonly string[]>>): void {
  const messages = [{ role: 'user', content: 'What is the capital of the country of Velmoria?' }] as const
  const item = { id: 'i', probe: 'p', kind: 'k', messages, script }
  const cases = Object.entries(labels).flatMap(([grade, replies]) => replies.map((reply) => ({ reply, grade })))
  describe(title, () => {
    test.each(cases)('$reply: $grade', ({ reply, grade }) => {
      expect(gradeDialogue(item, script.kind === 'second-thought' ? ['C', reply] : [reply])).toBe(grade)
    })
  })
}
