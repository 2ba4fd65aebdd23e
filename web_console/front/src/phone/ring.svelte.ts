/** The ring of a call: two tones at full volume and vibration until it is answered or over. Browsers allow sound after a first touch only. */
const TONES = [[880, 0], [660, 0.35]] as const
/** An exercise rings with another melody, so that nobody takes it for real by ear. */
const DRILL_TONES = [[523, 0], [523, 0.35], [392, 0.7]] as const
const BEAT_MS = 2_000

class Ring {
  /** Whether a ring would be heard, as far as the browser says. */
  isReady = $state(false)
  #sound: AudioContext | null = null
  #timer = 0
  #tones: readonly (readonly [number, number])[] = TONES

  constructor() {
    document.addEventListener('click', () => void this.allow()) // once the finger is up: what then goes from the screen moves nothing under it
    document.addEventListener('keydown', () => void this.allow(), { passive: true })
  }

  /** In a touch: every touch of the page is taken as leave to ring. */
  async allow(): Promise<void> {
    if (!('AudioContext' in window)) return
    if (this.#sound === null) {
      this.#sound = new AudioContext()
      this.#sound.onstatechange = () => this.#look()
    }
    await this.#sound.resume().catch(() => undefined)
    this.#look()
  }
  /** `says`: what is spoken first, and by which an exercise is known. */
  start(says = ''): void {
    if (this.#timer) return
    this.#tones = says ? DRILL_TONES : TONES
    if (says && 'speechSynthesis' in window && navigator.userActivation?.hasBeenActive) speechSynthesis.speak(new SpeechSynthesisUtterance(says))
    this.#beat()
    this.#timer = window.setInterval(() => this.#beat(), BEAT_MS)
  }
  /** A call in earnest: whatever rings already gives way to it. */
  startReal(): void {
    this.stop()
    this.start()
  }
  stop(): void {
    window.clearInterval(this.#timer)
    this.#timer = 0
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(0)
  }
  #look(): void {
    this.isReady = this.#sound?.state === 'running'
  }
  #beat(): void {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([600, 150, 600])
    const sound = this.#sound
    if (sound?.state !== 'running') return
    for (const [hertz, after] of this.#tones) {
      const tone = sound.createOscillator()
      tone.type = 'square'
      tone.frequency.value = hertz
      tone.connect(sound.destination)
      tone.start(sound.currentTime + after)
      tone.stop(sound.currentTime + after + 0.3)
    }
  }
}
export const ring = new Ring()
