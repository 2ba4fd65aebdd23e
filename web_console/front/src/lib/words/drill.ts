/** Words by which every page says that it is an exercise. */
export const DRILL = {
  'drill.mark': ['演练 EXERCISE', 'EXERCISE 演练'],
  'drill.part': ['演练标识', 'Exercise marking'],
  'drill.not_real': ['这不是真实事件', 'This is no real event'],
  'drill.paused': ['演练暂停', 'Paused'],
  'drill.fast': ['{n}倍速', '{n}x speed'],
  'drill.stop': ['演练中止！转入真实处置！', 'Stop the exercise! Real emergency!'],
  'drill.stopped': ['演练中止！转入真实处置！停止一切演练动作，听从指挥', 'Exercise stopped! Real emergency! Cease all play and follow orders'],
  'drill.stop.title': ['演练中止', 'Stop the exercise'],
  'drill.stop.body': ['所有席位和手机立即显示中止，召集全部撤收，不再有任何提醒。不能恢复。', 'Every desk and phone says so at once, all calls end, nothing rings any more. It cannot be undone.'],
  'drill.stop.who': ['参演席位均可中止，由谁中止会记录在案。', 'Anybody at a desk may stop it; who it was is recorded.'],
  'drill.ended': ['演练结束', 'The exercise is over'],
  'drill.call': ['【演练】', '[EXERCISE] '],
  'drill.spoken': ['演练，演练', 'Exercise, exercise'],
} as const
