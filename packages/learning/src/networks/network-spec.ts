/** What a network is made of; plain data, kept in snapshots. */
export type MlpSpec = {
  readonly kind: 'mlp'
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[]
  readonly activation: Activation
  /** Cells cut off on every side of the observation, such as a border of wall that never changes. */
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

export type Activation = 'relu' | 'tanh'

export type NetworkSpec = MlpSpec | ConvSpec

/** What a network is made for. */
export type NetworkInterface = {
  readonly observation: readonly [height: number, width: number, channels: number]
  readonly actions: number
}

export const defaultMlp: MlpSpec = { kind: 'mlp', hidden: [128, 64], activation: 'relu', crop: 0 }
export const defaultConv: ConvSpec = { kind: 'conv', channels: [16, 32], dense: 64, activation: 'relu', crop: 0 }
