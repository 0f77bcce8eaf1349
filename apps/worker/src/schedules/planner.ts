/** Turns specs into tasks. Loaded by the schedule thread. */
export { protocols } from '@goalpost/protocols'
export { engineFor } from '@goalpost/submission'
