/** The flags of every command, described in program.ts. */
export const globalFlags = ['--json', '--data', '--url', '--help'] as const
