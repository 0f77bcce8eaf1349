/** Turns specs into tasks. Loaded by intake threads. */
export { protocols } from '@goalpost/protocols'
export { engineFor } from '@goalpost/submission'
