import { useLocation } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'

type Props = { readonly children: ReactNode }
type PlacedProps = Props & { readonly place: string }
type State = { readonly error: unknown; readonly place: string }

/** A fault in one panel leaves the rest of the page, and is forgotten on the next page. */
export function PanelBoundary({ children }: Props) {
  const place = useLocation({ select: ({ pathname }) => pathname })
  return <Boundary place={place}>{children}</Boundary>
}

/** React has no boundary that is not a class. */
class Boundary extends Component<PlacedProps, State> {
  override state: State = { error: null, place: this.props.place }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    // Code may throw anything, also nothing.
    return { error: error ?? new Error('nothing was thrown') }
  }

  static getDerivedStateFromProps({ place }: PlacedProps, state: State): State | null {
    return place === state.place ? null : { error: null, place }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return <ErrorPanel title={title} error={error} retry={() => this.setState({ error: null })} />
  }
}

const title = 'This part of the page cannot be shown'
