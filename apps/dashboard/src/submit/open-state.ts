/** Whether a group of fields is open, and whether something in it was wrong. */
export type OpenState = {
  /** null as long as nothing has opened or closed it. */
  readonly isOpen: boolean | null
  readonly wasWrong: boolean
}

/** A group opens when something in it becomes wrong, and then stays open until it is closed. */
export function openState(before: OpenState, isWrong: boolean): OpenState {
  if (isWrong === before.wasWrong) return before
  return { isOpen: isWrong ? true : before.isOpen, wasWrong: isWrong }
}
