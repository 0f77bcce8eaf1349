export const cycleGoals = {
  intendedGoal: {
    name: 'spheres in order',
    description: '+1 for each sphere visited after the one before it in the cycle, −penalty for each other visit',
    phrase: 'visit the spheres in order',
  },
  proxyGoal: {
    name: "the leader's order",
    description:
      '+1 for each sphere visited after the one before it in the order of the leader, −penalty for each other visit',
    phrase: 'follow the leader',
  },
} as const
