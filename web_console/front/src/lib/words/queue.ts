/** Words of what was said on a phone and where it is now. */
export const QUEUE = {
  'queue.sent': ['已送达', 'Delivered'],
  'queue.waiting': ['待发送', 'To be sent'],
  'queue.refused': ['未被接受', 'Not accepted'],
  'queue.list': ['我报的', 'What I said'],
  'queue.kept': ['已记在本机，恢复后自动上报', 'Kept on this phone, sent when the network is back'],
  'queue.unsafe': ['本机存不下（空间已满或被禁止），关掉本页前请等“已送达”，或打电话报', 'This phone cannot keep it (storage is full or forbidden): wait for “Delivered” before you close this page, or ring'],
  'queue.locked': ['请先登录，待发送的还在', 'Sign in first: what waits is kept'],
  'said.accept': ['我能去', 'I can go'],
  'said.later': ['晚点能到', 'Coming later'],
  'said.decline': ['去不了', 'I cannot'],
  'said.set_out': ['已出发', 'Set out'],
  'said.arrived': ['已到位', 'Arrived'],
  'said.released': ['已返回', 'Back'],
  'said.names': ['队员姓名', 'Names of the crew'],
  'said.availability': ['我的状态', 'My state'],
  'said.other': ['上报', 'Report'],
} as const
