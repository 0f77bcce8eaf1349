import type { CommandRow } from '../../command-table.ts'

export const receiptCommands: readonly CommandRow[] = [
  {
    usage: 'receipt <experiment>',
    summary: 'write the verdicts and all hashes they rest on as a signed file',
    options: [
      ['--out <file>', 'a file or folder; - for standard output (default: the current folder)'],
      ['--force', 'overwrite existing files'],
    ],
    examples: ['receipt last --out /tmp/receipt.json --force'],
    load: async () => (await import('./receipt.ts')).receipt,
  },
  {
    usage: 'receipt-key',
    summary: 'show the public key of the receipts of the service',
    examples: ['receipt-key'],
    load: async () => (await import('./receipt.ts')).key,
  },
  {
    usage: 'verify-receipt <file>',
    summary: 'check a receipt without the service',
    options: [['--key <key>', 'the public key that must have signed it: a PEM file, or the id of the key']],
    examples: ['verify-receipt /tmp/receipt.json'],
    load: async () => (await import('./verify-receipt.ts')).verifyReceipt,
  },
]
