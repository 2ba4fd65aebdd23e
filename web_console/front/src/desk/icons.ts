/** Marks for the map, drawn on a canvas when the map first asks for them. Two pixels a point. */
import { SHAPES, TEAM_SHAPES } from '../lib/pictures'
import type { TeamState } from '../lib/wire'
import { token } from './tokens'

function canvas(size: number): CanvasRenderingContext2D | null {
  const element = document.createElement('canvas')
  element.width = element.height = size
  return element.getContext('2d')
}

/** `sev-{level}-{mark or count}-{theme}-{x when chosen, n when many}` */
function drawIncident(id: string): ImageData | null {
  const [, level = '4', mark = '', , kind] = id.split('-')
  const pen = canvas(68)
  if (!pen) return null
  if (kind === 'x') {
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
  pen.lineWidth = kind === 'n' ? 2 : 1
  pen.strokeStyle = token(kind === 'n' ? 'ink' : 'land')
  pen.stroke(shape)
  pen.restore()
  pen.fillStyle = token(`on-sev-${level}`)
  pen.font = `700 ${mark.length > 1 ? 20 : 26}px ${getComputedStyle(document.body).fontFamily}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(mark, 34, 35)
  return pen.getImageData(0, 0, 68, 68)
}

/** `team-{state}-{theme}` */
function drawTeam(id: string): ImageData | null {
  const state = (id.split('-')[1] ?? 'available') as TeamState
  const pen = canvas(28)
  if (!pen) return null
  pen.translate(2, 2)
  const shape = new Path2D(TEAM_SHAPES[state])
  pen.lineWidth = 2.5
  pen.strokeStyle = pen.fillStyle = token(state === 'off_duty' ? 'ink-3' : 'ok')
  if (state === 'on_way' || state === 'on_scene') pen.fill(shape)
  pen.stroke(shape)
  return pen.getImageData(0, 0, 28, 28)
}

/** `hatch-{token}-{theme}`: a tile of slanted lines, no colour of its own; `cross-…`: of lines both ways. */
function drawHatch(id: string): ImageData | null {
  const pen = canvas(16)
  if (!pen) return null
  pen.strokeStyle = token(id.split('-')[1] ?? 'ink')
  pen.globalAlpha = 0.55
  pen.lineWidth = 2
  pen.beginPath()
  for (const x of [-16, 0, 16]) {
    pen.moveTo(x, 16)
    pen.lineTo(x + 16, 0)
    if (id.startsWith('cross-')) {
      pen.moveTo(x, 0)
      pen.lineTo(x + 16, 16)
    }
  }
  pen.stroke()
  return pen.getImageData(0, 0, 16, 16)
}

export const drawIcon = (id: string): ImageData | null =>
  id.startsWith('team-') ? drawTeam(id) : /^(hatch|cross)-/.test(id) ? drawHatch(id) : drawIncident(id)
