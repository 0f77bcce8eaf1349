import { useEffect, useRef } from 'react'
import { pixelsOf, setCells, type Observation } from './observation.ts'

/** All that the agent is given of a level at one step. */
export function ObservationView({ observation }: { readonly observation: Observation }) {
  const { shape, channels, element } = observation.spec
  const [height, width] = shape
  return (
    <section aria-labelledby="observation" className="observation">
      <h2 id="observation">What the agent sees</h2>
      <p className="note">
        {element === 'byte'
          ? `An image of ${width} × ${height} pixels.`
          : `${channels.length} channels of ${height} × ${width} cells, each set or not. A network may crop them around the agent.`}
      </p>
      {element === 'byte' ? (
        <PixelView observation={observation} />
      ) : (
        <ul className="channels">
          {channels.map((name, channel) => (
            <ChannelMap key={name} name={name} channel={channel} observation={observation} />
          ))}
        </ul>
      )}
    </section>
  )
}

type ChannelProps = { readonly name: string; readonly channel: number; readonly observation: Observation }

function ChannelMap({ name, channel, observation }: ChannelProps) {
  const [height, width] = observation.spec.shape
  const cells = setCells(observation, channel)
  return (
    <li>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${name}: ${cells.length === 1 ? '1 cell is' : `${cells.length} cells are`} set`}
      >
        <path d={cells.map(({ row, column }) => `M${column} ${row}h1v1h-1z`).join('')} />
      </svg>
      {name}
    </li>
  )
}

function PixelView({ observation }: { readonly observation: Observation }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [height, width] = observation.spec.shape
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixelsOf(observation), width, height), 0, 0)
  }, [observation, width, height])
  return (
    <canvas ref={canvas} width={width} height={height} className="pixels" role="img" aria-label="The agent’s image" />
  )
}
