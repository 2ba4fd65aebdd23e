/** Words of the page behind a signed link. */
export const LINK = {
  'link.page': ['任务召集答复', 'Answer a call'],
  'link.place': ['地点另行告知，请勿自行前往', 'The place will be told; do not set out on your own'],
  'link.accepted': ['已记下：我能去，{n}人，预计 {at} 到', 'Noted: coming with {n}, ETA {at}'],
  'link.later': ['已记下：晚点能到，{n}人，预计 {at} 到', 'Noted: coming later with {n}, ETA {at}'],
  'link.standby': ['已记下，候补第{n}，请原地待命', 'Noted: stand-by no. {n}, please wait where you are'],
  'link.declined': ['已记下：去不了。不影响评价', 'Noted: cannot come. It costs you nothing'],
  'link.next': ['地点请登录集结页面查看，或等指挥中心来电', 'For the place sign in to Muster, or wait for the call of the desk'],
  'link.sign_in': ['登录集结页面', 'Sign in to Muster'],
  'link.change': ['更改答复', 'Change the answer'],
  'link.other': ['队长本人或值班室已答复；如需变更请登录，或致电指挥中心', 'The leader or the desk has answered already; to change it sign in, or ring the desk'],
  'link.until': ['链接 {at} 前有效', 'This link is good until {at}'],
  'link.team_goes': ['本队已有人答应并带队前往，您不用再答', 'Somebody of your team has said yes and leads it: you need not answer'],
  'link.thanks': ['人手已够，不用前往，感谢响应', 'Enough people are coming, no need to come. Thank you'],
  'link.over': ['本次召集已结束，不用前往，感谢响应', 'This call-out is over, no need to come. Thank you'],
  'link.over.more': ['已出发的请返回', 'If you have set out, please go home'],
  'link.over_time': ['已过答复时限，仍可答复', 'Time is up; you may still answer'],
} as const
