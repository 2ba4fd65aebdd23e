/** The first letters of a Chinese name as it is spoken (急救队 is jjd), from the browser's own order of pinyin: no table to keep. */
const LETTERS = 'abcdefghjklmnopqrstwxyz'
/** The first character of each letter in that order. */
const FIRST = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀']
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

export function initials(text: string): string {
  return [...text].map(initial).join('')
}

function initial(each: string): string {
  if (!/\p{Script=Han}/u.test(each)) return /\s/.test(each) ? '' : each.toLowerCase()
  let found = ''
  for (let i = 0; i < FIRST.length && order.compare(FIRST[i]!, each) <= 0; i++) found = LETTERS[i]!
  return found
}

/** How well `query` finds `text`: 0 at its beginning, 1 within, 2 and 3 so by initials; null not at all. Every word must be found. */
export function fit(text: string, query: string): number | null {
  const name = text.toLowerCase()
  const spoken = initials(text)
  let worst = 0
  for (const part of query.toLowerCase().split(/\s+/).filter((each) => each !== '')) {
    const found = [name.indexOf(part), spoken.indexOf(part)]
    const rank = found[0] === 0 ? 0 : found[0]! > 0 ? 1 : found[1] === 0 ? 2 : found[1]! > 0 ? 3 : null
    if (rank === null) return null
    worst = Math.max(worst, rank)
  }
  return worst
}
