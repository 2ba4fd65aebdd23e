/** Where this phone is, if its user has allowed the page to know: nobody is asked in the middle of an emergency. */
export const HOLD_MS = 2_000
const SECONDS_MOST = 10_000
const AGE_MOST_MS = 60_000

export type Found = { lon: number; lat: number; accuracy_m: number }

export async function placeIfAllowed(): Promise<Found | null> {
  try {
    const allowed = await navigator.permissions.query({ name: 'geolocation' })
    if (allowed.state !== 'granted') return null
    return await new Promise((done) =>
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => done({ lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy }),
        () => done(null),
        { enableHighAccuracy: true, timeout: SECONDS_MOST, maximumAge: AGE_MOST_MS },
      ),
    )
  } catch {
    return null // a page without a secure origin has no position: the SOS goes out without
  }
}
