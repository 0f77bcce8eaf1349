/** Raised whenever networks, rollouts or updates compute something else, or leave something else. */
export const trainingVersion = '4'
