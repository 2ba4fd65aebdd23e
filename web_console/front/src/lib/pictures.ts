import type { TeamState } from './wire'

/** Marks of severity: one outline for each level, so that they differ in grey too. Paths in a 24 x 24 box. */
export const SHAPES: Record<number, string> = {
  1: 'M7 2h10l6 10-6 10H7L1 12z',
  2: 'M12 0.5 23.5 12 12 23.5 0.5 12z',
  3: 'M2 2h20v20H2z',
  4: 'M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22z',
}

/** Marks of teams by state: open where they wait, filled where they act. */
export const TEAM_SHAPES: Record<TeamState, string> = {
  available: 'M12 3l9 9-9 9-9-9z',
  called: 'M12 3l9 9-9 9-9-9z M12 9l3 3-3 3-3-3z',
  on_way: 'M4 3l17 9-17 9z',
  on_scene: 'M4 4h16v16H4z',
  off_duty: 'M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
}
