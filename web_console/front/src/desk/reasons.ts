/** Why a team was not called, and what was checked: codes of mobilization/gates.py, in the officers' words. */
type Pair = readonly [zh: string, en: string]

export const REASONS: Record<string, Pair> = {
  other_division: ['不在本级辖区', 'Outside the area of this call-out'],
  nearer_sufficed: ['已有更近的人', 'Nearer people sufficed'],
  on_task: ['执行其他任务', 'On another task'],
  called_now: ['正在召集中', 'Being called now'],
  unknown_person: ['名册中没有此人', 'Not in the register'],
  minor: ['未成年或未登记生日', 'Under age, or no birthday known'],
  credential_missing: ['没有所需证书', 'Certificate missing'],
  credential_expired: ['证书过期', 'Certificate expired'],
  not_insured: ['保险过期', 'Not insured'],
  off_duty: ['不在班', 'Off duty'],
  asked_already: ['本次已召集过', 'Asked already'],
  no_leader: ['没有可召集的队长', 'No leader to call'],
}

export const GATES: Record<string, Pair> = {
  adult: ['成年', 'Adult'],
  credential: ['证书', 'Certificate'],
  insured: ['保险', 'Insurance'],
  available: ['在班', 'Available'],
  not_engaged: ['无其他任务', 'Not on a task'],
  ppe_issued: ['防护装备', 'Protective gear'],
  fit_declared: ['身体状况', 'Fitness'],
  rest_ok: ['休息时间', 'Rest'],
  own_household_safe: ['自家平安', 'Own home safe'],
}
