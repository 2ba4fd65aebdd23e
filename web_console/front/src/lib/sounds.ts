/** The four sounds of a desk, each with one meaning, made by the browser itself. Volume and mute are of this seat; SOS cannot be muted. */
import { remember, remembered } from './remembered'

const KEPT = 'muster.sounds'
const SOS_LEAST = 0.5

export type Choice = { volume: number; muted: boolean }
export type Sound = 'incident' | 'grave' | 'accepted' | 'lost'
/** From when, how long (s), from which tone to which (Hz), how loud beside the others. */
type Tone = { at: number; s: number; from: number; to: number; share: number }

export const TONES: Record<Sound, readonly Tone[]> = {
  incident: [{ at: 0, s: 0.55, from: 294, to: 294, share: 1 }],
  grave: [
    { at: 0, s: 0.55, from: 294, to: 294, share: 1 },
    { at: 0.75, s: 0.55, from: 294, to: 294, share: 1 },
  ],
  accepted: [{ at: 0, s: 0.04, from: 1_200, to: 1_200, share: 0.25 }],
  lost: [{ at: 0, s: 0.9, from: 440, to: 220, share: 0.8 }],
}
const SOS: readonly Tone[] = [
  { at: 0, s: 0.4, from: 660, to: 660, share: 1 },
  { at: 0.45, s: 0.4, from: 880, to: 880, share: 1 },
]
const SOS_EVERY_MS = 900

/** How loud a sound is at this seat: silent when muted, but SOS never. */
export const loudness = (choice: Choice, isSos: boolean): number => (isSos ? Math.max(choice.volume, SOS_LEAST) : choice.muted ? 0 : choice.volume)

class Sounds {
  choice: Choice = read()
  /** What was last asked for: shown to tests, and by the settings. */
  last: Sound | 'sos' | null = null
  #audio: AudioContext | null = null
  #sos = 0

  play(sound: Sound): void {
    this.last = sound
    this.#ring(TONES[sound], loudness(this.choice, false))
  }

  /** The tone of an emergency of our own people: on until somebody takes it over. */
  sos(on: boolean): void {
    window.clearInterval(this.#sos)
    if (!on) return
    const ring = (): void => this.#ring(SOS, loudness(this.choice, true))
    this.last = 'sos'
    ring()
    this.#sos = window.setInterval(ring, SOS_EVERY_MS)
  }

  choose(choice: Choice): void {
    this.choice = choice
    remember(KEPT, JSON.stringify(choice))
  }

  /** Whether the browser lets this page sound yet: it wants one press of a key or button first. */
  get isHeard(): boolean {
    return this.#audio === null || this.#audio.state === 'running'
  }

  /** After a press: what the browser held back may sound. */
  wake = (): void => void this.#context()?.resume()

  #ring(tones: readonly Tone[], volume: number): void {
    const audio = this.#context()
    if (audio === null || volume === 0 || audio.state !== 'running') return
    for (const tone of tones) {
      const [from, to] = [audio.currentTime + tone.at, audio.currentTime + tone.at + tone.s]
      const voice = audio.createOscillator()
      const loud = audio.createGain()
      voice.frequency.setValueAtTime(tone.from, from)
      voice.frequency.linearRampToValueAtTime(tone.to, to)
      loud.gain.setValueAtTime(0, from)
      loud.gain.linearRampToValueAtTime(volume * tone.share, from + 0.01)
      loud.gain.setValueAtTime(volume * tone.share, to - 0.01)
      loud.gain.linearRampToValueAtTime(0, to)
      voice.connect(loud).connect(audio.destination)
      voice.start(from)
      voice.stop(to)
    }
  }

  #context(): AudioContext | null {
    if (typeof AudioContext === 'undefined') return null
    this.#audio ??= new AudioContext()
    return this.#audio
  }
}

function read(): Choice {
  try {
    const kept = JSON.parse(remembered(KEPT) ?? '{}') as Partial<Choice>
    return { volume: typeof kept.volume === 'number' ? Math.min(1, Math.max(0, kept.volume)) : 0.6, muted: kept.muted === true }
  } catch {
    return { volume: 0.6, muted: false }
  }
}

export const sounds = new Sounds()
