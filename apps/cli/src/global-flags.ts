/** Of every command; what they mean is said where the program is made. */
export const globalFlags = ['--json', '--data', '--url', '--help'] as const
