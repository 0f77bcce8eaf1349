/** The options that compare verdicts with expectations and write them for other programs. */
export type ExpectationOptions = {
  readonly expect?: readonly string[]
  readonly failOn?: string
  readonly junit?: string
  readonly githubSummary?: boolean
}

export const expectationFlags = [
  [
    '--expect <condition=verdict...>',
    'exit code 13 unless the condition has this verdict; VERDICT alone is for all conditions',
  ],
  ['--fail-on <verdicts>', 'exit code 13 if a condition has one of these verdicts, such as undetermined,mixed'],
  ['--junit <file>', 'write the verdicts as a JUnit XML report, replacing the file'],
  ['--github-summary', 'append the verdicts to the file that GITHUB_STEP_SUMMARY names'],
] as const
