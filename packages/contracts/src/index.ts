export * from './api-keys.ts'
export * from './artifacts.ts'
export * from './doctor.ts'
export * from './error-message.ts'
export * from './errors.ts'
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
export * from './gate-reports.ts'
export * from './gate-spec.ts'
export * from './gates.ts'
export * from './json.ts'
export * from './manifest.ts'
export * from './measures.ts'
export * from './model-names.ts'
export * from './models.ts'
export * from './report.ts'
export * from './requests.ts'
export * from './results.ts'
export * from './schedules.ts'
export * from './service.ts'
export { readSettings } from './settings/read-settings.ts'
export { commonSettings, wholeNumber, type SettingsLogLevel } from './settings/settings.ts'
export * from './spec.ts'
export * from './system-error-code.ts'
export * from './tools.ts'
export * from './trainer-messages.ts'
export * from './verdict-view.ts'
export * from './views.ts'
export * from './webhooks.ts'
export * from './workers.ts'
export * from './workspace-event.ts'
