/** Names of a task's artifacts, for reports to find them. */
export const artifactNames = {
  facts: 'suite-facts',
  reference: (name: string) => `reference/${name}`,
  openLoop: 'open-loop-policies',
  outcomes: (suite: string, acting: string) => `outcomes/${suite}/${acting}`,
  /** In the acting mode, with an object hidden from the policy. */
  hiddenOutcomes: (suite: string, acting: string, object: string) => `outcomes/${suite}/${acting}/without/${object}`,
  /** The critic's values by place. */
  critic: (suite: string) => `critic/${suite}`,
  /** What an ensemble's questions were worth. */
  help: (suite: string) => `help/${suite}`,
  /** Where a goal module points. */
  pointing: (suite: string) => `pointing/${suite}`,
  /** How the policy fares on levels found by attacks. */
  attack: 'attack',
  example: (suite: string) => `example/${suite}`,
  episode: (suite: string, level: number | '') => `episode/${suite}/${level}`,
  keptEpisodes: (suite: string, acting: string) => `trajectories/${suite}/${acting}`,
  policy: 'policy',
  onnx: 'policy.onnx',
  trainingState: 'training-state',
  curve: 'training-curve',
  /** What a hosted judge was asked, and what it said. */
  judgements: 'judgements',
  windows: 'window-log',
  curriculum: 'curriculum-log',
  levelsDrawn: 'levels-drawn',
  /** [levels] 1 where the policy was trained on that level. */
  trainedOn: (suite: string) => `trained-on/${suite}`,
} as const
