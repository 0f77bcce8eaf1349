import { useState } from 'react'
import { focusField, useForm } from '../form.ts'
import { pointerOf, type SpecPath } from '../spec-text.ts'
import { fitKeys } from './item-keys.ts'
import { useAim } from './use-list-items.ts'

/** Changes of an object with free names. Keys stay with its members under other names, and so does the focus. */
export function useMapMembers(path: SpecPath, names: readonly string[]) {
  const { edit } = useForm()
  const [kept, setKept] = useState(() => fitKeys([], names.length))
  const keys = fitKeys(kept, names.length)
  const { list, aim } = useAim()
  return {
    keys,
    list,
    add(name: string, value: unknown): void {
      edit({ kind: 'set', path: [...path, name], value })
      requestAnimationFrame(() => focusField(pointerOf([...path, name])))
    },
    rename(from: string, to: string): void {
      edit({ kind: 'rename', path, from, to })
    },
    /** An object without members goes, so that its default holds. */
    remove(name: string): void {
      const index = names.indexOf(name)
      const isLast = names.length === 1
      edit({ kind: 'set', path: isLast ? path : [...path, name], value: undefined })
      setKept(keys.toSpliced(index, 1))
      if (isLast) requestAnimationFrame(() => focusField(pointerOf(path)))
      else aim.current = { index: Math.min(index, names.length - 2), part: 'remove' }
    },
  }
}
