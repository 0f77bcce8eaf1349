export const followGoals = {
  intendedGoal: {
    name: 'beacons in order',
    description: '+1 for each beacon visited when it is the next one',
    phrase: 'visit the beacons in order',
  },
  proxyGoal: {
    name: "the leader's order",
    description: "+1 for each beacon visited when it is the next one of the leader's first round",
    phrase: 'follow the leader',
  },
} as const
