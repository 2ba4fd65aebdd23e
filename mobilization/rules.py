"""What the engine is given of mobilization: the facts it may record, how they are folded, who decides each command."""

from collections.abc import Mapping

from command.core.facts import Command, Decide, Rules
from incidents import ChangeStage, DisposeIncident, ReverseIncident, SetNeeds
from mobilization import answering, calling, commands, ending, ordering, progress, replies, waves
from mobilization.facts import FACTS
from mobilization.facts_calls import CALL_FACTS
from mobilization.folding_calls import KINDS
from mobilization.phones.deciding import PHONE_DECIDERS
from mobilization.phones.facts import PHONE_FACTS
from mobilization.replies import REPLY_FACTS
from mobilization.safety import commands as safety
from mobilization.safety import orders, rolls, sos
from mobilization.safety.facts import SAFETY_FACTS
from mobilization.safety.facts_orders import ORDER_FACTS
from mobilization.safety.folding import SAFETY_KINDS
from mobilization.training import TRAINING_DECIDERS, TRAINING_FACTS, TRAINING_KINDS
from mobilization.watch import WATCH_DECIDERS, WATCH_FACTS, WATCH_KINDS

_DECIDERS: Mapping[type[Command], Decide] = {
    commands.OrderCall: ordering.order_call,
    commands.RaiseAndOrder: ordering.raise_and_order,
    SetNeeds: ordering.set_needs,
    commands.CallWave: waves.call_wave,
    commands.CallNextWave: waves.call_next_wave,
    commands.WithdrawWave: waves.withdraw_wave,
    commands.LookAgain: waves.look_again,
    commands.StartAttempts: calling.start_attempts,
    commands.LapseCall: calling.lapse,
    commands.ReachOutside: calling.reach_outside,
    commands.EndAttempt: calling.end_attempt,
    commands.RingLeader: calling.ring,
    commands.MakeLinks: calling.make_links,
    commands.TakeReply: replies.take_reply,
    commands.HandleReply: replies.handle_reply,
    commands.SeeCalls: calling.see,
    commands.AnswerCall: answering.answer,
    commands.ReportProgress: progress.report,
    commands.GiveNames: progress.give_names,
    commands.SetAvailability: progress.set_availability,
    commands.ComeBack: progress.come_back,
    commands.StandDown: ending.stand_down,
    ChangeStage: ending.change_stage,
    commands.CloseIncident: ending.close,
    commands.MergeIncidents: ending.merge,
    DisposeIncident: ending.dispose,
    ReverseIncident: ending.reverse,
    safety.OpenRoll: rolls.open_roll,
    safety.AnswerRoll: rolls.answer_roll,
    safety.MissRoll: rolls.miss_roll,
    safety.CloseRoll: rolls.close_roll,
    safety.RaiseSos: sos.raise_sos,
    safety.RaiseSosHigher: sos.raise_higher,
    safety.TakeSos: sos.take_sos,
    safety.CallOffSos: sos.call_off,
    safety.ResolveSos: sos.resolve_sos,
    safety.GiveOrder: orders.give_order,
    safety.JoinOrders: orders.join_orders,
    safety.ReceiptOrder: orders.receipt_order,
    safety.CallOffOrder: orders.call_off_order,
    safety.MissOrder: orders.miss_order,
    safety.ReportDanger: orders.report_danger,
    safety.AcknowledgeDanger: orders.acknowledge_danger,
    safety.AddDangerPhoto: orders.add_danger_photo,
    **WATCH_DECIDERS,
    **PHONE_DECIDERS,
    **TRAINING_DECIDERS,
}

RULES = Rules(
    facts=(*FACTS, *CALL_FACTS, *REPLY_FACTS, *SAFETY_FACTS, *ORDER_FACTS, *WATCH_FACTS, *PHONE_FACTS, *TRAINING_FACTS),
    kinds=(*KINDS, *SAFETY_KINDS, *WATCH_KINDS, *TRAINING_KINDS),
    deciders=_DECIDERS,
)
