/** A photo made small on the phone before it is sent: a bar of signal carries half a megabyte, not forty. */

/** What is sent as it is; above it, or with a side longer than this, it is drawn anew. */
export const SMALL_BYTES = 1_000_000
const SIDE_MOST = 2048
const QUALITY = 0.85
/** What the server takes (docs/api.md). */
export const BYTES_MOST = 12 * 1024 * 1024

/** The picture to send; null where this phone cannot make it small enough. */
export async function shrunk(file: Blob): Promise<Blob | null> {
  if (file.size <= SMALL_BYTES) return file
  return (await redrawn(file).catch(() => null)) ?? (file.size <= BYTES_MOST ? file : null)
}

async function redrawn(file: Blob): Promise<Blob | null> {
  const whole = await createImageBitmap(file)
  const scale = Math.min(1, SIDE_MOST / Math.max(whole.width, whole.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(whole.width * scale))
  canvas.height = Math.max(1, Math.round(whole.height * scale))
  canvas.getContext('2d')!.drawImage(whole, 0, 0, canvas.width, canvas.height)
  whole.close()
  const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  return small && small.size < file.size ? small : null
}
