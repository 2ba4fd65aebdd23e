/** The ring of a call: two tones and vibration until answered. Browsers allow sound after a first touch only. */
class Ring {
  #sound: AudioContext | null = null
  #timer = 0

  get isReady(): boolean {
    return this.#sound?.state === 'running'
  }
  async allow(): Promise<void> {
    this.#sound ??= new AudioContext()
    await this.#sound.resume()
  }
  start(): void {
    if (this.#timer) return
    this.#beat()
    this.#timer = window.setInterval(() => this.#beat(), 2_000)
  }
  stop(): void {
    window.clearInterval(this.#timer)
    this.#timer = 0
  }
  #beat(): void {
    if (navigator.userActivation.hasBeenActive) navigator.vibrate?.([300, 150, 300])
    const sound = this.#sound
    if (sound?.state !== 'running') return
    for (const [hertz, after] of [[880, 0], [660, 0.35]] as const) {
      const tone = sound.createOscillator()
      tone.frequency.value = hertz
      tone.connect(sound.destination)
      tone.start(sound.currentTime + after)
      tone.stop(sound.currentTime + after + 0.3)
    }
  }
}
export const ring = new Ring()
