type QuietErrors = {
  readonly report: (error: Error) => void
  /** Errors of the same text are reported once in this time. */
  readonly quietMs?: number
  readonly now?: () => number
}

/**
 * When a server stops, every pooled connection, lock renewal and poll fails, many times a second. This lets one
 * of each kind through.
 */
export function createQuietErrors({ report, quietMs = 10_000, now = () => performance.now() }: QuietErrors) {
  const lastReported = new Map<string, number>()
  return (error: Error): void => {
    const at = now()
    const last = lastReported.get(error.message)
    if (last !== undefined && at - last < quietMs) return
    for (const [message, reportedAt] of lastReported) if (at - reportedAt >= quietMs) lastReported.delete(message)
    lastReported.set(error.message, at)
    report(error)
  }
}
