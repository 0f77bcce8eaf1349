import type { ReceiptPredicate } from '@goalpost/contracts'

/** What a receipt says of an experiment's tasks. */
export type ReceiptFacts = {
  readonly shared: ReceiptPredicate['shared']
  readonly files: ReceiptPredicate['files']
  readonly software: ReceiptPredicate['software']
}

export type ReceiptViews = {
  /** Null if there is no such experiment. */
  receiptFacts(workspaceId: string, id: string): Promise<ReceiptFacts | null>
}
