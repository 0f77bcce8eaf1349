import { useEffect, useRef, useState } from 'react'
import { useForm } from '../form.ts'
import type { SpecPath } from '../spec-text.ts'
import { fitKeys, insertKey, moveKey } from './item-keys.ts'

/** Where the focus goes after a change: to a part of an item, by its place, or to the button that adds one. */
type Aim = { readonly index: number; readonly part: 'first' | 'up' | 'down' | 'remove' }

/** Changes of a list, with keys that stay with its items and a focus that follows them. */
export function useListItems(path: SpecPath, count: number) {
  const { edit } = useForm()
  const [kept, setKept] = useState(() => fitKeys([], count))
  const [newest, setNewest] = useState(-1)
  const keys = fitKeys(kept, count)
  const { list, aim } = useAim()
  const insertAt = (index: number): void => {
    const next = insertKey(keys, index)
    setKept(next)
    setNewest(next[index] ?? -1)
    aim.current = { index, part: 'first' }
  }
  return {
    keys,
    /** The key of the item that was added last; -1 if none was. */
    newest,
    list,
    add(value: unknown): void {
      edit({ kind: 'insert', path, index: count, value })
      insertAt(count)
    },
    duplicate(index: number): void {
      edit({ kind: 'duplicate', path, index })
      insertAt(index + 1)
    },
    remove(index: number): void {
      edit({ kind: 'remove', path, index })
      setKept(keys.toSpliced(index, 1))
      aim.current = { index: Math.min(index, count - 2), part: 'remove' }
    },
    move(from: number, to: number): void {
      edit({ kind: 'move', path, from, to })
      setKept(moveKey(keys, from, to))
      aim.current = { index: to, part: to < from ? 'up' : 'down' }
    },
  }
}

/** Moves the focus to what is aimed at once it is drawn. */
function useAim() {
  const list = useRef<HTMLDivElement>(null)
  const aim = useRef<Aim | null>(null)
  useEffect(() => {
    if (aim.current === null || list.current === null) return
    const target = findTarget(list.current, aim.current)
    aim.current = null
    target?.focus()
  })
  return { list, aim }
}

/** The named part of an item, or the nearest that can be used; without an item, the button that adds one. */
function findTarget(list: HTMLElement, { index, part }: Aim): HTMLElement | null {
  const item = list.querySelectorAll<HTMLElement>(':scope > .items > .item')[index]
  if (item === undefined) return list.querySelector<HTMLElement>(':scope > .add-item')
  const named = item.querySelector<HTMLElement>(`[data-part="${part}"]:not(:disabled)`)
  return named ?? item.querySelector<HTMLElement>(part === 'first' ? 'input, select' : '[data-part]:not(:disabled)')
}
