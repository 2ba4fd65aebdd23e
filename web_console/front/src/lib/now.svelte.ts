/** One clock for all countdowns: ticks each second. Add `live.offset` for the server's time. */
class Now {
  ms = $state(Date.now())
  constructor() {
    setInterval(() => (this.ms = Date.now()), 1000)
  }
}
export const now = new Now()
