import { useState } from 'react'
import { useForm } from '../form.ts'
import { openState } from '../open-state.ts'
import { issuesBelow } from '../spec-issues.ts'
import type { SpecPath } from '../spec-text.ts'

/** Whether a group is open; null as long as nothing has opened or closed it. */
export function useOpen(path: SpecPath, isOpenAtFirst: boolean | null) {
  const { issues } = useForm()
  const [before, setState] = useState({ isOpen: isOpenAtFirst, wasWrong: false })
  const state = openState(before, issuesBelow(issues, path).length > 0)
  if (state !== before) setState(state)
  return { isOpen: state.isOpen, setOpen: (isOpen: boolean): void => setState({ ...state, isOpen }) }
}
