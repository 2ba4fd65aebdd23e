import { expect, it } from 'vitest'
import { readPasted } from './pasted'

const at = { lon: 111.99, lat: 30.39 }

it('knows the datum where the text names it, and says nothing where it does not', () => {
  expect(readPasted('111.99, 30.39')).toEqual({ ...at, crs: null })
  expect(readPasted('高德 30.39,111.99')).toEqual({ ...at, crs: 'gcj02' })
  expect(readPasted('GCJ-02 111.99, 30.39')).toEqual({ ...at, crs: 'gcj02' })
  expect(readPasted('百度坐标(BD09)：111.99，30.39')).toEqual({ ...at, crs: 'bd09' })
  expect(readPasted('高德或百度 111.99，30.39')).toEqual({ ...at, crs: null })
  expect(readPasted('bd-09: 111.99，30.39')).toEqual({ ...at, crs: 'bd09' })
  expect(readPasted('CGCS2000 111.99 30.39')).toEqual({ ...at, crs: 'cgcs2000' })
  expect(readPasted('WGS84 111.99 30.39')).toEqual({ ...at, crs: 'wgs84' })
})
it('takes a name for a name', () => {
  expect(['长坝', 'cbzx', '3号桥 12 组', ''].map(readPasted)).toEqual([null, null, null, null])
})
