import { Component, type ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'

type Props = { readonly children: ReactNode }

/** A fault in one panel leaves the rest of the page. React has no boundary that is not a class. */
export class PanelBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return <ErrorPanel error={this.state.error} retry={() => this.setState({ error: null })} />
  }
}
