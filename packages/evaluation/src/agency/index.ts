/** Which goal explains an episode, for clients that compute it themselves. */
export { goalsAfter } from './goals-along-episode.ts'
