import type { TaskState } from '@goalpost/contracts'
import { StateMark } from '../design/state-mark.tsx'

/** A task's state, with the shape of the experiments' state that is nearest. */
export function TaskStateMark({ state }: { readonly state: TaskState }) {
  if (state === 'blocked' || state === 'ready' || state === 'queued') return <StateMark state="waiting" word={state} />
  return <StateMark state={state} />
}
