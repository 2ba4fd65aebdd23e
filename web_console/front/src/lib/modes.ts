/** Ways of travel, as the server codes them. */
export const MODES = ['car', 'e_bike', 'foot', 'boat'] as const
export type Mode = (typeof MODES)[number]
