type Deletable = { readonly number: number; readonly deleted: boolean; readonly aliases: readonly string[] }

export type DeletionDecision =
  | { readonly type: 'delete' | 'keep' }
  | { readonly type: 'refuse'; readonly message: string }

/** An alias always names a version that is listed. Deleting twice changes nothing. */
export function decideDeletion({ number, deleted, aliases }: Deletable): DeletionDecision {
  if (deleted) return { type: 'keep' }
  if (aliases.length === 0) return { type: 'delete' }
  const names = aliases.map((alias) => `\`${alias}\``).join(', ')
  return { type: 'refuse', message: `Version ${number} has the alias ${names}: move or remove it first` }
}
