/** Words of places: found by name, known by a township only, set later; who knows of an incident. */
export const PLACE = {
  'place.pending': ['位置待定（按乡镇登记）', 'Place not known yet (township only)'],
  'place.pending.short': ['位置待定', 'Place?'],
  'place.stands': ['图上仅为{name}范围内一点，距离和车程为约数', 'The map shows a point within {name} only; travel is approximate'],
  'place.stands.station': ['图上仅为{name}一个站点的位置，距离和车程为约数', 'The map shows a station of {name} only; travel is approximate'],
  'place.about': ['约{t}', 'about {t}'],
  'place.moved': ['位置 {at} 已更新', 'The place was set anew at {at}'],
  'place.ask': ['位置待定，请联系值班室确认', 'Place not known yet: ask the duty room'],
  'informed.list': ['已通知：{names}', 'Informed: {names}'],
  'informed.none': ['未登记通知 110、119、120', '110, 119, 120: not noted as informed'],
} as const
