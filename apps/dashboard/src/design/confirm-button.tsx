import { useRef, type ReactNode } from 'react'

type Props = {
  /** What it does, in a word or two: the title of both buttons. */
  readonly action: string
  /** What it acts on, for those who hear the button without what stands beside it. */
  readonly subject: string
  /** What follows, and whether it can be undone. */
  readonly children: ReactNode
  readonly isPending: boolean
  readonly onConfirm: () => void
}

/** A button for what cannot be undone: it asks first. The dialog keeps the focus inside, and Escape closes it. */
export function ConfirmButton({ action, subject, children, isPending, onConfirm }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const confirm = (): void => {
    dialog.current?.close()
    onConfirm()
  }
  return (
    <>
      <button
        type="button"
        disabled={isPending}
        aria-label={`${action} ${subject}`}
        onClick={() => dialog.current?.showModal()}
      >
        {action}
      </button>
      <dialog ref={dialog} className="confirm" aria-label={`${action} ${subject}?`}>
        <h2>
          {action} {subject}?
        </h2>
        {children}
        <p className="choices">
          <button type="button" className="danger" onClick={confirm}>
            {action}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </p>
      </dialog>
    </>
  )
}
