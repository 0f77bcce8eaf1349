/** What an experiment's page shows beside the experiment, as in its address. */
export type ExperimentPageView = {
  /** The experiment whose spec is compared. */
  readonly against?: string
}

/** Ignores what it does not know, as people edit addresses. */
export function parseExperimentView(search: Readonly<Record<string, unknown>>): ExperimentPageView {
  const { against } = search
  return typeof against === 'string' && against !== '' ? { against } : {}
}
