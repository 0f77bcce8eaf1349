import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

type Props = {
  readonly title: string
  readonly isOpenAtFirst?: boolean
  readonly className?: string
  /** What costs requests is made only when it is opened. */
  readonly children: () => ReactNode
}

/** Something to open, which is made when that is done for the first time. */
export function Folded({ title, isOpenAtFirst = false, className, children }: Props) {
  const [wasOpened, setOpened] = useState(isOpenAtFirst)
  const toggle = ({ currentTarget }: SyntheticEvent<HTMLDetailsElement>): void => {
    if (currentTarget.open) setOpened(true)
  }
  return (
    <details className={className} onToggle={toggle} open={isOpenAtFirst || undefined}>
      <summary>{title}</summary>
      {wasOpened && (
        <PanelBoundary>
          <Content>{children}</Content>
        </PanelBoundary>
      )}
    </details>
  )
}

/** A component, so that the boundary around it catches what its function throws. */
function Content({ children }: Pick<Props, 'children'>) {
  return children()
}
