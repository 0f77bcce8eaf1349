import { lazy, useState, type ComponentType, type FunctionComponent } from 'react'

type Code<Props> = { readonly default: ComponentType<Props> }

/**
 * A component whose code is loaded when it is first drawn, or before by `preload`. Once the code is there it is drawn at
 * once: `lazy` shows the fallback of its `Suspense` even then, which React keeps for at least 300 ms.
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<Code<Props>>,
): FunctionComponent<Props> & { preload(): void } {
  let loaded: ComponentType<Props> | null = null
  const loadAndKeep = async (): Promise<Code<Props>> => {
    const code = await load()
    loaded = code.default
    return code
  }
  const Later = lazy(loadAndKeep)
  function Shown(props: Props) {
    // Decided once: another component in its place would lose its state.
    const [Now] = useState(() => loaded)
    return Now === null ? <Later {...props} /> : <Now {...props} />
  }
  return Object.assign(Shown, {
    preload(): void {
      if (loaded === null) loadAndKeep().catch(() => undefined)
    },
  })
}
