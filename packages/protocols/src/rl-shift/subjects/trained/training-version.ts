/** Raised whenever networks, rollouts or updates compute or store something different. */
export const trainingVersion = '4'
