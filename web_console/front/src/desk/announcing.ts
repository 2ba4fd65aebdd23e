/** Which incidents are new to whoever hears the board: none of the first picture, be it empty, and each once, also when it comes back. */
export class Announcing {
  #heard: Set<string> | null = null

  fresh<T extends { id: string }>(open: readonly T[]): T[] {
    const heard = this.#heard
    const found = heard === null ? [] : open.filter((each) => !heard.has(each.id))
    this.#heard = new Set([...(heard ?? []), ...open.map((each) => each.id)])
    return found
  }
}
