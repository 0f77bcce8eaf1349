/** Opens a connection, again each time that the tab is shown, and closes it while the tab is hidden and in the end. */
export function keepConnected(open: (signal: AbortSignal) => void): () => void {
  let connection: AbortController | null = null
  const connect = (): void => {
    connection?.abort()
    connection = null
    if (document.hidden) return
    connection = new AbortController()
    open(connection.signal)
  }
  connect()
  document.addEventListener('visibilitychange', connect)
  return () => {
    document.removeEventListener('visibilitychange', connect)
    connection?.abort()
  }
}
