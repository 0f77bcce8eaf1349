/** The structure of a network; plain data, stored in snapshots. */
export type NetworkSpec = MemberSpec | EnsembleSpec | ModularSpec

/** A network with one set of weights. */
export type MemberSpec = FeedForwardSpec | LstmSpec

export type FeedForwardSpec = MlpSpec | ConvSpec | ImpalaSpec

export type MlpSpec = {
  readonly kind: 'mlp'
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[]
  readonly activation: Activation
  /** Cells cropped on every side of the observation, such as a border of wall that never changes. */
  readonly crop: number
}

export type ConvSpec = {
  readonly kind: 'conv'
  /** Channels after each 3×3 convolution (stride 1, zero padding to equal size). */
  readonly channels: readonly number[]
  /** Width of the dense layer behind them. */
  readonly dense: number
  readonly activation: Activation
  readonly crop: number
}

/** The large residual network of IMPALA (Espeholt et al., 2018, arXiv 1802.01561, figure 3), without its LSTM. */
export type ImpalaSpec = {
  readonly kind: 'impala'
  /** Channels of each stage; a stage halves height and width. */
  readonly channels: readonly number[]
  /** Width of the dense layer behind them. */
  readonly dense: number
  readonly crop: number
}

/** A feed-forward trunk, then an LSTM that remembers within an episode. */
export type LstmSpec = {
  readonly kind: 'lstm'
  readonly trunk: FeedForwardSpec
  /** Width of the hidden state, and of the cell state. */
  readonly width: number
}

/** Equal networks with their own weights, which decide together. */
export type EnsembleSpec = {
  readonly kind: 'ensemble'
  readonly members: number
  readonly member: MemberSpec
  readonly vote: Vote
}

/** A goal module that points at a cell of the observation, and a navigation module that is told that cell. */
export type ModularSpec = {
  readonly kind: 'modular'
  readonly goal: FeedForwardSpec
  readonly navigator: FeedForwardSpec
  /** A channel that the navigator sees empty; null: it sees all. */
  readonly unseen: number | null
}

/** `mean`: the mean of the members' distributions; `majority`: the share of members that find an action the likeliest. */
export type Vote = 'mean' | 'majority'

export type Activation = 'relu' | 'tanh'

/** The observations and actions of a network. */
export type NetworkInterface = {
  readonly observation: ImageShape
  /** `byte`: 0 to 255, which the network divides by 255; without it, 0 and 1. Snapshots of networks for bits have none. */
  readonly element?: 'byte'
  /** Channels of the observation, all bits, in which at most one cell is set. */
  readonly oneHot?: readonly number[]
  /** Channels that are 0 in every cell of every training level. */
  readonly blank?: readonly number[]
  readonly actions: number
}

export type ImageShape = readonly [height: number, width: number, channels: number]

export const defaultMlp: MlpSpec = { kind: 'mlp', hidden: [128, 64], activation: 'relu', crop: 0 }
export const defaultConv: ConvSpec = { kind: 'conv', channels: [16, 32], dense: 64, activation: 'relu', crop: 0 }
export const defaultImpala: ImpalaSpec = { kind: 'impala', channels: [16, 32, 32], dense: 256, crop: 0 }
export const defaultLstm: LstmSpec = { kind: 'lstm', trunk: defaultMlp, width: 256 }
