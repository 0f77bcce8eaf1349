export * from './api-key-scope.ts'
export * from './api-keys.ts'
export * from './artifacts.ts'
export * from './doctor.ts'
export * from './error-message.ts'
export * from './errors.ts'
export * from './experiment-query.ts'
export * from './experiment-summary.ts'
export * from './onset-series.ts'
export { checkExpectations, type CheckedVerdict, type ExpectedVerdict } from './expectations/check-expectations.ts'
export {
  hasExpectations,
  noExpectations,
  parseExpectation,
  parseFailOn,
  type Expectation,
  type Expectations,
} from './expectations/parse-expectations.ts'
export * from './jobs.ts'
export * from './gate-bisections.ts'
export * from './gate-reports.ts'
export * from './gate-runs.ts'
export * from './gate-spec.ts'
export * from './gate-views.ts'
export * from './gates.ts'
export * from './json.ts'
export * from './leagues.ts'
export * from './manifest.ts'
export * from './measured-units.ts'
export * from './measures.ts'
export * from './model-names.ts'
export * from './models.ts'
export * from './page.ts'
export * from './people.ts'
export * from './protocol-views.ts'
export * from './receipts.ts'
export * from './report.ts'
export * from './requests.ts'
export * from './results.ts'
export * from './samples.ts'
export * from './saved-filters.ts'
export * from './schedules.ts'
export * from './search-spec.ts'
export * from './service.ts'
export * from './sessions.ts'
export { readSettings } from './settings/read-settings.ts'
export {
  commonSettings,
  readTracing,
  tracingOf,
  wholeNumber,
  type SettingsLogLevel,
  type TracingSettings,
} from './settings/settings.ts'
export * from './bulk.ts'
export * from './retention.ts'
export * from './deadline.ts'
export * from './spec.ts'
export * from './quotas.ts'
export * from './sign-in-refusal.ts'
export * from './states.ts'
export * from './storage.ts'
export * from './system-error-code.ts'
export * from './tone.ts'
export * from './tools.ts'
export * from './trainer-messages.ts'
export * from './trend.ts'
export * from './verdict-summary.ts'
export * from './verdict-view.ts'
export * from './views.ts'
export * from './webhooks.ts'
export * from './workers.ts'
export * from './workspace-event.ts'
