/** Show the page from its head again, whenever one of these changes. */
export function fromHead(..._changes: unknown[]): void {
  window.scrollTo(0, 0)
}
