/** Of a worker alone: trainers inherit the environment. Settings of the API are in it where both have the same. */
export const notForTrainers = [
  'DATABASE_URL',
  'REDIS_URL',
  'PGPASSWORD',
  'GOALPOST_SUITE_SALT',
  'GOALPOST_BOOTSTRAP_KEY',
  'GOALPOST_RECEIPT_SECRET',
  'GOALPOST_METRICS_TOKEN',
  'GOALPOST_OIDC_CLIENT_SECRET',
]

/** Trainers read and write artifacts, and send spans. The keys of hosted models have names of the operator's. */
export const alsoForTrainers = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'OTEL_EXPORTER_OTLP_HEADERS']
