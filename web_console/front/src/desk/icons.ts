/** Marks for the map, drawn on a canvas when the map first asks for them. Two pixels a point. */
import { SHAPES } from '../lib/pictures'

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

function canvas(size: number): CanvasRenderingContext2D | null {
  const element = document.createElement('canvas')
  element.width = element.height = size
  return element.getContext('2d')
}

/** `sev-{level}-{mark}-{theme}-{x when chosen}` */
export function drawIncident(id: string): ImageData | null {
  const [, level = '4', mark = '', , chosen] = id.split('-')
  const pen = canvas(68)
  if (!pen) return null
  if (chosen === 'x') {
    pen.strokeStyle = token('ink')
    pen.lineWidth = 4
    pen.strokeRect(3, 3, 62, 62)
  }
  pen.save()
  pen.translate(10, 10)
  pen.scale(2, 2)
  const shape = new Path2D(SHAPES[Number(level)])
  pen.fillStyle = token(`sev-${level}`)
  pen.fill(shape)
  pen.strokeStyle = token('land')
  pen.stroke(shape)
  pen.restore()
  pen.fillStyle = token(`on-sev-${level}`)
  pen.font = `700 ${mark.length > 1 ? 20 : 26}px ${getComputedStyle(document.body).fontFamily}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(mark, 34, 35)
  return pen.getImageData(0, 0, 68, 68)
}

const TEAM: Record<string, string> = {
  available: 'M12 3l9 9-9 9-9-9z',
  called: 'M12 3l9 9-9 9-9-9z M12 9l3 3-3 3-3-3z',
  on_way: 'M4 3l17 9-17 9z',
  on_scene: 'M4 4h16v16H4z',
  off_duty: 'M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
}

/** `team-{state}-{theme}` */
export function drawTeam(id: string): ImageData | null {
  const state = id.split('-')[1] ?? 'available'
  const pen = canvas(28)
  if (!pen) return null
  pen.translate(2, 2)
  const shape = new Path2D(TEAM[state] ?? TEAM['available'])
  pen.lineWidth = 2.5
  pen.strokeStyle = pen.fillStyle = token(state === 'off_duty' ? 'ink-3' : 'ok')
  if (state === 'on_way' || state === 'on_scene') pen.fill(shape)
  pen.stroke(shape)
  return pen.getImageData(0, 0, 28, 28)
}
